create table interval (
  key text primary key,
  changed_at bigint not null,
  start timestamptz not null,
  offered integer not null,
  answered integer not null,
  answered_in_time integer not null,
  abandoned integer not null,
  abandoned_in_time integer not null,
  short_abandoned integer not null,
  wait_ms_sum bigint not null,
  longest_wait_ms bigint not null,
  calls_registered integer not null,
  handle_ms_sum bigint not null,
  calls_arrived integer not null,
  calls_ended integer not null,
  talk_ms_sum bigint not null,
  orders integer not null,
  order_value numeric not null,
  lines integer not null,
  entry_ms_sum bigint not null,
  offers_presented integer not null,
  offers_accepted integer not null,
  offers_declined integer not null,
  accepted_value numeric not null,
  orders_refused integer not null,
  submissions_refused integer not null,
  escalations integer not null
);
-- The intervals of a day, wherever its day begins.
create index on interval (start);

create table offer (
  key text primary key,
  changed_at bigint not null,
  start timestamptz not null,
  kind text not null,
  presented integer not null,
  accepted integer not null,
  declined integer not null,
  postponed integer not null,
  accepted_value numeric not null
);
create index on offer (start);

create table person (
  key text primary key,
  changed_at bigint not null,
  start timestamptz not null,
  staff_id text not null,
  name text not null,
  calls_taken integer not null,
  calls_registered integer not null,
  handle_ms_sum bigint not null,
  orders integer not null,
  lines integer not null,
  order_value numeric not null,
  lines_for_others integer not null,
  value_for_others numeric not null,
  help_given integer not null,
  help_given_ms_sum bigint not null,
  help_received integer not null,
  help_received_ms_sum bigint not null
);
create index on person (start);

create table refusal (
  key text primary key,
  changed_at bigint not null,
  start timestamptz not null,
  code text not null,
  count integer not null
);
create index on refusal (start);
