-- 差评整改. `region_code` is the place that handles it; `hidden_from` are the officers who worked on the case: they see nothing of
-- it wherever they work, and know it by `id`, which leads to no case.
create table bad_rating (
  id text collate "C" primary key,
  application_id text collate "C" not null unique references rating,
  region_code text collate "C" not null,
  place_code text collate "C" not null,
  resident_id text collate "C" not null,
  hidden_from text[] collate "C" not null,
  level int not null check (level in (1, 2)),
  at timestamptz not null,
  status text not null check (status in ('received', 'contacted', 'repaired', 'calledBack', 'setAside')),
  -- An appeal that waits for the county.
  appealed boolean not null default false,
  task_id text collate "C" references task
);
create index bad_rating_region on bad_rating (region_code, at desc, id desc);
create index bad_rating_task on bad_rating (task_id) where task_id is not null;
create index bad_rating_rated on bad_rating using gin (hidden_from);
create index rating_at on rating (region_code, at);

create table bad_rating_action (
  rating_id text collate "C" not null references bad_rating,
  seq int not null check (seq > 0),
  region_code text collate "C" not null,
  resident_id text collate "C" not null,
  hidden_from text[] collate "C" not null,
  at timestamptz not null,
  type text not null,
  actor jsonb not null,
  event bytea not null,
  primary key (rating_id, seq)
);

grant select, insert, update on bad_rating to nuanxin_app;
grant select, insert on bad_rating_action to nuanxin_app;

do $$
declare
  name text;
  seen constant text := $policy$
    region_code collate "C" >= nullif(current_setting('app.region', true), '')
      and region_code collate "C" < nullif(current_setting('app.region', true), '') || '~'
    or resident_id = nullif(current_setting('app.resident', true), '')
    or current_setting('app.system', true) = 'on'
  $policy$;
begin
  foreach name in array array['bad_rating', 'bad_rating_action'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy seen on %I using (%s) with check (%s)', name, seen, seen);
    execute format('create policy not_rated on %I as restrictive using (
      not coalesce(current_setting(''app.officer'', true), '''') = any (hidden_from))', name);
  end loop;
end $$;
