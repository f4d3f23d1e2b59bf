create table client (
  key text primary key,
  changed_at bigint not null,
  client_id text not null,
  name text not null,
  type text not null,
  manager jsonb,
  country text not null,
  city text not null,
  address text not null,
  language text not null,
  route text not null,
  phones jsonb not null,
  contacts jsonb not null,
  receivers jsonb not null,
  price_column text not null,
  deepest_column text not null,
  contract_number text not null,
  contract_from date,
  contract_until date,
  owed jsonb not null,
  search_text text not null
);
-- A manager's clients; clients by name.
create index on client ((manager ->> 'id'));
create index on client (name);

create table client_phone (
  key text primary key,
  changed_at bigint not null,
  phone text not null,
  client_id text not null,
  client_name text not null,
  contact text not null
);
-- Who calls from this number.
create index on client_phone (phone);
