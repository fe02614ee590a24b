-- 投诉建议. `region_code` is the place that handles it, which is never below the office complained of; `hidden_from` are the
-- officers complained of, who see nothing of it wherever they work.
create table complaint (
  id text collate "C" primary key,
  number text collate "C" not null unique,
  region_code text collate "C" not null,
  -- Null: anonymous.
  resident_id text collate "C",
  hidden_from text[] collate "C" not null,
  -- Where it happened.
  place_code text collate "C" not null,
  topic text not null,
  serious boolean not null,
  office text not null,
  received_at timestamptz not null,
  -- Words, the person named, photos; sealed.
  content bytea not null,
  status text not null check (status in ('received', 'assigned', 'answered', 'closed')),
  due date not null,
  lapsed boolean not null,
  answered_at timestamptz,
  task_id text collate "C" references task
);
alter table complaint alter column content set storage external;
create index complaint_open on complaint (region_code, due, id) where status in ('received', 'assigned');
create index complaint_all on complaint (region_code, received_at desc, id desc);
create index complaint_resident on complaint (resident_id) where resident_id is not null;
create index complaint_task on complaint (task_id) where task_id is not null;
create index complaint_late on complaint (due) where status in ('received', 'assigned') and not lapsed;
create index complaint_silent on complaint (answered_at) where status = 'answered';

create table complaint_action (
  complaint_id text collate "C" not null references complaint,
  seq int not null check (seq > 0),
  region_code text collate "C" not null,
  resident_id text collate "C",
  hidden_from text[] collate "C" not null,
  at timestamptz not null,
  type text not null,
  actor jsonb not null,
  event bytea not null,
  primary key (complaint_id, seq)
);

alter table task add column hidden_from text[] collate "C" not null default '{}';
alter table task_action add column hidden_from text[] collate "C" not null default '{}';

grant select, insert, update on complaint to nuanxin_app;
grant select, insert on complaint_action to nuanxin_app;

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
  foreach name in array array['complaint', 'complaint_action'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy seen on %I using (%s) with check (%s)', name, seen, seen);
  end loop;
  -- Restrictive: it takes away from whatever another policy allows. Nobody is '' and so hidden from nothing.
  foreach name in array array['complaint', 'complaint_action', 'task', 'task_action'] loop
    execute format('create policy not_complained_of on %I as restrictive using (
      not coalesce(current_setting(''app.officer'', true), '''') = any (hidden_from))', name);
  end loop;
end $$;
