create table escalation (
  key text primary key,
  changed_at bigint not null,
  escalation_id text not null,
  kind text not null,
  rule text not null,
  call_id text not null,
  order_id text not null,
  question text not null,
  client_id text not null,
  client_name text not null,
  client_type text not null,
  raised_by jsonb not null,
  raised_to jsonb not null,
  owner jsonb not null,
  owner_role text not null,
  raised_at timestamptz not null,
  deadline timestamptz,
  accepted_at timestamptz,
  overdue boolean not null,
  decided boolean not null,
  decision text not null,
  decided_by jsonb,
  decided_at timestamptz
);
-- What is owed, the most urgent first; and by whom.
create index on escalation (deadline) where not decided;
create index on escalation ((owner ->> 'id')) where not decided;

create table coverage (
  key text primary key,
  changed_at bigint not null,
  coverage_id text not null,
  absent jsonb not null,
  absent_role text not null,
  stand_in jsonb not null,
  begins timestamptz not null,
  until timestamptz not null,
  reason text not null,
  by_order text not null,
  ordered_by jsonb not null,
  phase text not null,
  ended_because text not null,
  handed_over integer not null
);
-- For whom a person stands in.
create index on coverage ((stand_in ->> 'id')) where phase <> 'Ended';
create index on coverage ((absent ->> 'id')) where phase <> 'Ended';

create table device (
  key text primary key,
  changed_at bigint not null,
  device_id text not null,
  person jsonb not null,
  label text not null,
  requested_at timestamptz not null,
  phase text not null,
  decided_by jsonb,
  because text not null,
  decided_at timestamptz,
  until timestamptz
);
