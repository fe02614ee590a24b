-- 暖心: families that are looked after. Seen by the town and by their two contacts; to everybody else, the county and other
-- officers of the village among them, they are not there. All that is known of them stands in sealed actions.
alter table data_key add column kind text not null default 'general' check (kind in ('general', 'care'));

create table care_family (
  id text collate "C" primary key,
  region_code text collate "C" not null check (region_code ~ '^[0-9]{12}$'),
  -- Who of them writes in chat, and the household: only what was proved.
  resident_ids text[] collate "C" not null default '{}',
  household_id text collate "C" unique,
  status text not null check (status in ('proposed', 'active', 'ended')),
  -- 双岗联系人: of the town, of the village.
  leader_id text collate "C" references officer,
  cadre_id text collate "C" references officer,
  has_doctor boolean not null,
  has_card boolean not null,
  -- Up to which day the plan was made.
  planned_to date
);
create index care_family_region on care_family (region_code, id);
create index care_family_contacts on care_family (leader_id, cadre_id);
create index care_family_cadre on care_family (cadre_id) where cadre_id is not null;
create index care_family_residents on care_family using gin (resident_ids);
create index care_family_plan on care_family (planned_to nulls first) where status = 'active';

create table care_action (
  family_id text collate "C" not null references care_family,
  seq int not null check (seq > 0),
  at timestamptz not null,
  type text not null,
  actor jsonb not null,
  event bytea not null,
  primary key (family_id, seq)
);
alter table care_action alter column event set storage external;

-- What can be looked at with a code alone: the card for the hospital desk, an errand of a helper. Each look counts.
create table care_link (
  code_index bytea primary key,
  family_id text collate "C" not null references care_family,
  purpose text not null check (purpose in ('card', 'errand')),
  -- Number of the card, id of the errand.
  ref text collate "C" not null,
  code bytea not null,
  issued_at timestamptz not null,
  ends_at timestamptz,
  looks int not null default 0,
  last_look_at timestamptz,
  unique (family_id, purpose, ref)
);

-- 暖心家园. Who comes is known to those who see the family, and to nobody else.
create table care_activity (
  id text collate "C" primary key,
  region_code text collate "C" not null,
  title text not null,
  place text not null,
  starts_at timestamptz not null,
  capacity int not null check (capacity between 1 and 500),
  note text,
  cancelled_at timestamptz,
  created_by text collate "C" not null references officer,
  created_at timestamptz not null
);
create index care_activity_region on care_activity (region_code, starts_at);

create table care_signup (
  activity_id text collate "C" not null references care_activity,
  family_id text collate "C" not null references care_family,
  people int not null check (people between 1 and 5),
  at timestamptz not null,
  left_at timestamptz,
  primary key (activity_id, family_id)
);

-- Tasks about such a family: beside the town only its contacts see them. Null: everybody in the place.
alter table task add column only_for text[] collate "C";
alter table task_action add column only_for text[] collate "C";

grant select, insert, update on care_family, care_link, care_activity, care_signup to nuanxin_app;
grant select, insert on care_action to nuanxin_app;

do $$
declare
  name text;
  seen constant text := $policy$
    current_setting('app.system', true) = 'on'
    or region_code collate "C" >= nullif(current_setting('app.region', true), '')
      and region_code collate "C" < nullif(current_setting('app.region', true), '') || '~'
  $policy$;
begin
  foreach name in array array['care_family', 'care_action', 'care_link', 'care_activity', 'care_signup'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
  execute format('create policy seen on care_family using (%s)', seen);
  execute format('create policy seen on care_activity using (%s)', seen);
  -- Row-level security holds for the family inside, too.
  foreach name in array array['care_action', 'care_link', 'care_signup'] loop
    execute format('create policy seen on %I using (current_setting(''app.system'', true) = ''on''
      or exists (select from care_family f where f.id = family_id))', name);
  end loop;
  -- Restrictive: the town, or one of the two. A town has nine digits.
  create policy contacts_only on care_family as restrictive using (
    coalesce(current_setting('app.officer', true), '') = ''
    or char_length(current_setting('app.region', true)) = 9
    or current_setting('app.officer', true) in (leader_id, cadre_id));
  foreach name in array array['task', 'task_action'] loop
    execute format('create policy contacts_only on %I as restrictive using (only_for is null
      or coalesce(current_setting(''app.officer'', true), '''') = ''''
      or char_length(current_setting(''app.region'', true)) = 9
      or current_setting(''app.officer'', true) = any (only_for))', name);
  end loop;
end $$;

-- When a contact changes, the log of an open task goes with it: who comes new reads all of it.
create function task_log_follows() returns trigger
language plpgsql security definer set search_path = nuanxin, pg_temp as $$
declare
  before constant text := coalesce(current_setting('app.system', true), '');
  officer constant text := coalesce(current_setting('app.officer', true), '');
begin
  perform set_config('app.system', 'on', true), set_config('app.officer', '', true);
  update task_action set only_for = new.only_for where task_id = new.id;
  perform set_config('app.system', before, true), set_config('app.officer', officer, true);
  return null;
end $$;
revoke all on function task_log_follows from public;

create trigger task_log_follows after update of only_for on task
  for each row when (old.only_for is distinct from new.only_for)
  execute function task_log_follows();
