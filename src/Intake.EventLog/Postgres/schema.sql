-- The event log in PostgreSQL. Idempotent: run at each start by a role that owns the schema.
select pg_advisory_xact_lock(7239400, 1);

create schema if not exists log;

create table if not exists log.events (
  position bigint primary key,
  revision bigint not null,
  recorded_at timestamptz not null,
  event_id uuid not null,
  stream text collate "C" not null,
  type text collate "C" not null,
  data bytea not null,
  metadata bytea not null,
  constraint events_stream_revision unique (stream, revision),
  constraint events_event_id unique (event_id)
);

create or replace function log.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'The event log only grows: % on log.events is refused.', tg_op using errcode = 'insufficient_privilege';
end $$;

create or replace trigger events_only_grow before update or delete or truncate on log.events
  for each statement execute function log.refuse_change();

-- Appends a group of appends, all or none. The arrays have one element an event. "Unproven" marks an event whose predecessor in
-- its stream must still be looked for; the writer knows of the others that it is there, or that there is none to be.
-- That the revision itself is free, the unique constraint sees. Answers the position before the first event; or null, with
-- nothing written, when a predecessor is not the stream's last event. A unique violation means that a revision or an event id is taken.
--
-- Writers of all hosts take turns by the advisory lock, which is let go after the commit has become visible: so positions
-- have no gaps, and a reader never sees a position before those below it.
create or replace function log.append(
  streams text[], revisions bigint[], unproven boolean[], ids uuid[], types text[], datas bytea[], metadatas bytea[])
returns bigint language plpgsql volatile as $$
declare
  events constant int := cardinality(ids);
  head bigint;
begin
  perform pg_advisory_xact_lock(7239400, 2);

  if true = any (unproven) and exists (
    select from unnest(streams, revisions, unproven) as a (stream, revision, unproven)
    where a.unproven and a.revision <> 1 + coalesce(
      (select e.revision from log.events e where e.stream = a.stream order by e.revision desc limit 1), -1))
  then
    return null;
  end if;

  head := coalesce((select max(position) from log.events), 0);
  if events = 1 then
    insert into log.events (position, revision, recorded_at, event_id, stream, type, data, metadata)
    values (head + 1, revisions[1], statement_timestamp(), ids[1], streams[1], types[1], datas[1], metadatas[1]);
  else
    insert into log.events (position, revision, recorded_at, event_id, stream, type, data, metadata)
    select head + a.n, a.revision, statement_timestamp(), a.id, a.stream, a.type, a.data, a.metadata
    from unnest(streams, revisions, ids, types, datas, metadatas)
      with ordinality as a (stream, revision, id, type, data, metadata, n);
  end if;

  perform pg_notify('intake_log', (head + events)::text);
  return head;
end $$;

-- One append, with the questions that the group leaves out: are its event ids there already, and where is its stream?
-- Answers 'appended' or 'already there' with the revision and position of its last event, 'wrong revision' with the
-- stream's last revision, or 'ids reused' when its ids are there otherwise than as this append.
create or replace function log.append_alone(
  stream text, expected bigint, ids uuid[], types text[], datas bytea[], metadatas bytea[],
  out outcome text, out revision bigint, out "position" bigint)
language plpgsql volatile as $$
declare
  events constant int := cardinality(ids);
  known int;
  in_place int;
begin
  perform pg_advisory_xact_lock(7239400, 2);

  select count(*), count(*) filter (where e.stream = append_alone.stream and e.before = e.lowest), max(e.revision), max(e.position)
  into known, in_place, revision, position
  from (
    select e.stream, e.revision, e.position, e.revision - a.n as before, min(e.revision - a.n) over () as lowest
    from unnest(ids) with ordinality as a (id, n)
    join log.events e on e.event_id = a.id) as e;

  outcome := case when known = 0 then null when in_place = events then 'already there' else 'ids reused' end;
  if outcome is not null then
    return;
  end if;

  position := events + log.append(
    array_fill(stream, array[events]),
    array(select expected + n from generate_series(1, events) as n),
    array(select n = 1 from generate_series(1, events) as n),
    ids, types, datas, metadatas);
  if position is null then
    outcome := 'wrong revision';
    revision := coalesce(
      (select e.revision from log.events e where e.stream = append_alone.stream order by e.revision desc limit 1), -1);
  else
    outcome := 'appended';
    revision := expected + events;
  end if;
end $$;

revoke execute on function log.append, log.append_alone from public;

-- What the role of a host may do: read the log, and append to it; nothing else.
create or replace function log.admit_host(host name) returns void language plpgsql as $$
begin
  execute format('grant usage on schema log to %I', host);
  execute format('grant select, insert on log.events to %I', host);
  execute format('grant execute on function log.append, log.append_alone to %I', host);
end $$;
revoke execute on function log.admit_host from public;
