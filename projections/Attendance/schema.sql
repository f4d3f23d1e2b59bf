create table shift (
  key text primary key,
  changed_at bigint not null,
  shift_id text not null,
  staff_id text not null,
  name text not null,
  month date not null,
  begins timestamptz not null,
  until timestamptz not null,
  cancelled boolean not null,
  plans jsonb not null
);
-- The shifts of a day.
create index on shift (begins);
create index on shift (staff_id, begins);

create table presence_change (
  key text primary key,
  changed_at bigint not null,
  staff_id text not null,
  name text not null,
  at timestamptz not null,
  position bigint not null,
  presence text not null,
  reason text not null
);
-- What a person was at a moment, and what followed.
create index on presence_change (staff_id, at, position);
