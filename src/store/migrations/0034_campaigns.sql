-- 一次投放: whom a campaign asks, in which order, and what became of each; and one answer of each household in each campaign.
create table campaign (
  id text collate "C" primary key,
  region_code text collate "C" not null check (region_code ~ '^([0-9]{6}|[0-9]{9})$'),
  kind text not null check (kind in ('satisfaction', 'knowledge', 'needs')),
  flow text not null,
  revision int not null,
  title text not null,
  -- Whom: places, members, way, cool-down. How: method, size, seed. As the last action has them; the actions are the truth.
  filter jsonb not null,
  sample jsonb not null,
  status text not null check (status in ('draft', 'running', 'paused', 'stopped', 'finished')),
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  -- Null until the sample is drawn.
  drawn_at timestamptz,
  -- The pace allows no batch before then. Holds no truth: after a crash it is at most one batch behind.
  next_batch_at timestamptz not null,
  created_by text collate "C" not null references officer,
  created_at timestamptz not null
);
create index campaign_region on campaign (region_code, created_at desc, id desc);
create index campaign_underway on campaign (closes_at) where status in ('running', 'paused');

create table campaign_action (
  campaign_id text collate "C" not null references campaign,
  seq int not null check (seq > 0),
  region_code text collate "C" not null,
  at timestamptz not null,
  type text not null,
  actor jsonb not null,
  event jsonb not null,
  primary key (campaign_id, seq)
);

-- A household of the sample. `waiting`: not asked yet. `asked`: the message is in the outbox. `officer`: the village officer asks
-- at the door, under `task_id`. `excluded`: not asked, for `reason`. `test`: an officer's own try, counted nowhere.
-- `household_id` refers to nothing: the answer outlives the household, and a try has none.
create table campaign_household (
  campaign_id text collate "C" not null references campaign,
  household_id text collate "C" not null,
  village_code text collate "C" not null,
  -- Households of its stratum for each one drawn.
  weight double precision not null check (weight >= 0),
  -- Place in the order: first one household of every village, then the second of every village, and so on.
  place bigint not null,
  status text not null check (status in ('waiting', 'asked', 'officer', 'excluded', 'test')),
  reason text,
  -- Not before then: somebody was in the middle of a conversation, or a limit was reached.
  not_before timestamptz not null,
  tries int not null default 0,
  resident_id text collate "C",
  message_id text collate "C",
  task_id text collate "C" references task,
  -- SHA-256 of the token of its link. The token itself is made from our key and stands in the message alone.
  token_hash bytea unique,
  asked_at timestamptz,
  opened_at timestamptz,
  primary key (campaign_id, household_id)
);
create index campaign_household_next on campaign_household (campaign_id, not_before, place) where status = 'waiting';
create index campaign_household_asked on campaign_household (household_id, asked_at) where asked_at is not null;
create index campaign_household_village on campaign_household (campaign_id, village_code, status);
create index campaign_household_task on campaign_household (task_id) where task_id is not null;

-- One answer of a household in a campaign, whichever way it came; what was answered so far is kept.
create table survey_response (
  campaign_id text collate "C" not null,
  household_id text collate "C" not null,
  village_code text collate "C" not null,
  flow text not null,
  revision int not null,
  -- Sealed.
  answers bytea not null,
  status text not null check (status in ('partial', 'finished')),
  way text not null check (way in ('chat', 'link', 'officer')),
  started_at timestamptz not null,
  updated_at timestamptz not null,
  finished_at timestamptz,
  primary key (campaign_id, household_id),
  foreign key (campaign_id, household_id) references campaign_household
);
alter table survey_response alter column answers set storage external;
create index survey_response_village on survey_response (campaign_id, village_code, status);

-- A household that is not there any more, as somebody saw at the door. A list that is imported again does not undo it.
alter table household add column gone text check (gone in ('moved', 'deceased'));
alter table household add column gone_at timestamptz;
create index household_gone on household (id) where gone is not null;

grant select, insert, update on campaign to nuanxin_app;
grant select, insert on campaign_action to nuanxin_app;
grant select, insert, update, delete on campaign_household, survey_response to nuanxin_app;

do $$
declare
  name text;
  seen constant text := $policy$
    %2$I collate "C" >= nullif(current_setting('app.region', true), '')
      and %2$I collate "C" < nullif(current_setting('app.region', true), '') || '~'
    or current_setting('app.system', true) = 'on'
  $policy$;
begin
  foreach name in array array['campaign', 'campaign_action', 'campaign_household', 'survey_response'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy seen on %1$I using (' || seen || ')', name,
      case when name in ('campaign', 'campaign_action') then 'region_code' else 'village_code' end);
  end loop;
end $$;

-- The officers who are rated read no answer: a village officer has no eyes for this table at all, and writes what he is told
-- at the door through the service.
create policy not_the_rated on survey_response as restrictive using (
  length(coalesce(current_setting('app.region', true), '')) <= 9);
