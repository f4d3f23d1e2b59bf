create table call (
  key text primary key,
  changed_at bigint not null,
  call_id text not null,
  source text not null,
  direction text not null,
  number text not null,
  first_at timestamptz not null,
  queued_at timestamptz,
  answered_at timestamptz,
  extension text not null,
  ended_at timestamptz,
  left_queue boolean not null,
  silent boolean not null,
  claimed_by jsonb,
  client_name text not null,
  to_callback boolean not null,
  closed_by jsonb,
  result text
);
-- The calls of a day.
create index on call (first_at);
-- Whether a telephone system tells of answers at all.
create index on call (source) where answered_at is not null;
-- The calls that went out to a number.
create index on call (right(number, 9), first_at) where direction = 'Outbound';

create table promise (
  key text primary key,
  changed_at bigint not null,
  callback_id text not null,
  number text not null,
  client_name text not null
);

create table attempt (
  key text primary key,
  changed_at bigint not null,
  callback_id text not null,
  by jsonb not null,
  reached boolean not null,
  at timestamptz not null
);
-- The attempts of a day.
create index on attempt (at);

create table readiness (
  key text primary key,
  changed_at bigint not null,
  staff_id text not null,
  person jsonb not null,
  ready boolean not null,
  at timestamptz not null,
  sequence bigint not null,
  stream text not null
);
-- What changed on a day, and how a person stood before it.
create index on readiness (at);
create index on readiness (staff_id, at, sequence);

create table phone (
  key text primary key,
  changed_at bigint not null,
  extension text not null,
  state text not null,
  at timestamptz not null,
  sequence bigint not null
);
-- The same of a phone.
create index on phone (at);
create index on phone (extension, at, sequence);

create table appointment (
  key text primary key,
  changed_at bigint not null,
  staff_id text not null,
  extension text not null,
  at timestamptz not null,
  sequence bigint not null
);
