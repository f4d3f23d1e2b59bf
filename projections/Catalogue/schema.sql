create table product (
  key text primary key,
  changed_at bigint not null,
  product_id text not null,
  name_en text not null,
  name_ro text not null,
  name_ru text not null,
  category text not null,
  unit text not null,
  pack text not null,
  discontinued boolean not null,
  base_price numeric,
  price_list_version integer,
  search_text text not null
);
-- The assortment by category and name.
create index on product (category, name_en) where not discontinued;

create table price_list (
  key text primary key,
  changed_at bigint not null,
  list_id text not null,
  version integer not null,
  decision text not null,
  valid_from date not null,
  columns jsonb not null
);

create table focus (
  key text primary key,
  changed_at bigint not null,
  list_id text not null,
  version integer not null,
  decision text not null,
  novelties jsonb not null,
  specials jsonb not null
);
