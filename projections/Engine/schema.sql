-- Where each projection stands. Idempotent: run at each start by a role that may create schemas.
select pg_advisory_xact_lock(7239401, 0);

create schema if not exists projections;

-- A projection has one row for the tables that readers query ('live'), and one more while tables are built beside them ('next').
-- The generation is raised when other tables take over, so that a writer who folded for the old ones finds that he is late.
create table if not exists projections.checkpoint (
  name text collate "C" not null,
  slot text collate "C" not null check (slot in ('live', 'next')),
  version int not null,
  generation bigint not null,
  position_commit bigint not null,
  position_prepare bigint not null,
  state text not null default 'running' check (state in ('running', 'stopped')),
  error text,
  error_position bigint,
  updated_at timestamptz not null default clock_timestamp(),
  primary key (name, slot)
) with (fillfactor = 20);

-- An event that the rows have passed, the last one where it is known: a log that lacks it is not the one that they were made from.
alter table projections.checkpoint
  add column if not exists witness_event uuid, add column if not exists witness_stream text, add column if not exists witness_revision bigint;

drop function if exists projections.advance(text, bigint, bigint, bigint, bigint, bigint);
-- Moves a live checkpoint on, if it stands where the writer believes; else the writer's transaction fails with IP001.
-- It is the first statement of that transaction, so that a late writer writes nothing, and waits where tables are taken over.
create or replace function projections.advance(
  projection text, at_generation bigint, from_commit bigint, from_prepare bigint, to_commit bigint, to_prepare bigint,
  event uuid, stream text, revision bigint)
returns void language plpgsql as $$
begin
  update projections.checkpoint
  set position_commit = to_commit, position_prepare = to_prepare, updated_at = clock_timestamp(),
    witness_event = coalesce(event, witness_event), witness_stream = coalesce(stream, witness_stream),
    witness_revision = coalesce(revision, witness_revision)
  where name = projection and slot = 'live' and state = 'running' and generation = at_generation
    and position_commit = from_commit and position_prepare = from_prepare;
  if not found then
    raise exception 'The projection % is no longer at % of generation %.', projection, from_commit, at_generation using errcode = 'IP001';
  end if;
end $$;

-- The log that the rows are made from, known by its first event: another log begins with another, or has it at another position.
create table if not exists projections.origin (
  alone boolean primary key default true check (alone),
  event_id uuid not null,
  position_commit bigint not null,
  position_prepare bigint not null
);

-- What the role of a host needs to project: the checkpoints, and schemas of its own for the read models.
create or replace function projections.admit_host(host name) returns void language plpgsql as $$
begin
  execute format('grant usage on schema projections to %I', host);
  execute format('grant select, insert, update, delete on projections.checkpoint to %I', host);
  execute format('grant select, insert, update, delete on projections.origin to %I', host);
  execute format('grant create on database %I to %I', current_database(), host);
end $$;
revoke execute on function projections.admit_host from public;
