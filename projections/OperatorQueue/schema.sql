create table call (
  key text primary key,
  changed_at bigint not null,
  call_id text not null,
  phase text not null,
  is_over boolean not null,
  direction text not null,
  from_number text not null,
  queue text not null,
  queued_at timestamptz,
  answered_at timestamptz,
  ended_at timestamptz,
  claimed_by jsonb,
  assignee jsonb,
  assignee_role text,
  previous_assignee jsonb,
  client_id text not null,
  client_name text not null,
  client_type text,
  contact text not null,
  purpose text,
  destination text,
  routing_rule text not null,
  asked_now jsonb,
  asked_at timestamptz,
  candidates jsonb not null,
  order_id text not null,
  result text,
  offered_to jsonb,
  offered_at timestamptz,
  attempt integer not null,
  extension text not null,
  arrived_at_position bigint not null
);
-- The snapshot: what is not over, longest waiting first.
create index on call (queued_at) where not is_over;
-- And what is over and owed a registration, the last of it.
create index on call (ended_at) where phase = 'Unregistered';

create table person (
  key text primary key,
  changed_at bigint not null,
  staff_id text not null,
  name text not null,
  role text not null,
  department text not null,
  extension text not null,
  presence text not null,
  reason text not null,
  since timestamptz not null,
  dismissed boolean not null,
  call_id text not null,
  after_call text not null,
  idle_since timestamptz,
  skills jsonb not null
);

create table callback (
  key text primary key,
  changed_at bigint not null,
  callback_id text not null,
  call_id text not null,
  number text not null,
  digits jsonb not null,
  client_id text not null,
  client_name text not null,
  owner jsonb not null,
  queue text not null,
  reason text not null,
  source text,
  contact text not null,
  company text not null,
  words text not null,
  language text not null,
  zone text not null,
  requested_at timestamptz not null,
  not_before timestamptz not null,
  deadline timestamptz not null,
  requests integer not null,
  leased_by jsonb,
  leased_until timestamptz,
  attempts integer not null,
  last_result text,
  last_note text not null,
  escalated boolean not null,
  breached_at timestamptz,
  closed boolean not null,
  result text not null,
  overdue boolean not null,
  order_id text not null
);
-- Open promises, the most urgent first; those past their deadline.
create index on callback (deadline) where not closed;
-- Whether a client is owed a call already.
create index on callback (client_id) where not closed;
