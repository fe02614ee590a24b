-- Writes of officers by the key of their client: one that is sent again because its answer got lost is done once. Kept for
-- days, without anything of what was written.
create table officer_write (
  officer_id text collate "C" not null references officer,
  key text collate "C" not null,
  address text not null,
  -- Null while it is underway. `fence`: number of its task afterwards.
  status int,
  fence int,
  begun_at timestamptz not null,
  primary key (officer_id, key)
);
create index officer_write_begun on officer_write (officer_id, begun_at);

grant select, insert, update, delete on officer_write to nuanxin_app;
