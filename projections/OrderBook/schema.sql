create table orders (
  key text primary key,
  changed_at bigint not null,
  order_id text not null,
  phase text not null,
  call_id text not null,
  client_id text not null,
  client_name text not null,
  client_type text not null,
  by jsonb not null,
  lines integer not null,
  total numeric not null,
  offers_presented integer not null,
  offers_accepted integer not null,
  opened_at timestamptz not null,
  submitted_at timestamptz,
  handed_to jsonb,
  refused_because text not null,
  refusal_code text not null,
  amounts jsonb not null,
  opened_by jsonb not null
);
-- The newest orders of everybody, of an operator, of a client.
create index on orders (opened_at desc);
create index on orders ((by ->> 'id'), opened_at desc);
create index on orders ((opened_by ->> 'id'), opened_at desc);
create index on orders (client_id, opened_at desc);

create table client_product (
  key text primary key,
  changed_at bigint not null,
  client_id text not null,
  product_id text not null,
  orders integer not null,
  last_quantity numeric not null,
  last_date date not null
);
-- What a client buys most often.
create index on client_product (client_id, orders desc, last_date desc);

create table product_popularity (
  key text primary key,
  changed_at bigint not null,
  product_id text not null,
  orders integer not null
);
-- What everybody buys most often.
create index on product_popularity (orders desc);

create table past_order (
  key text primary key,
  changed_at bigint not null,
  order_id text not null,
  client_id text not null,
  taken_by text not null,
  date date not null,
  lines jsonb not null,
  total numeric not null,
  source text not null
);
-- A client's last orders.
create index on past_order (client_id, date desc);
-- All of them in the order in which they were taken.
create index on past_order (date);
