-- Tasks get a clock, offers of a transfer, and a count of 催办. The actions are the truth; these columns are the fold of them,
-- for lists and for the sweeper.
alter table task
  add column offer_to text collate "C" references officer,
  add column offer_from text collate "C" references officer,
  add column offer_until timestamptz,
  add column raised_to text check (raised_to in ('town', 'county')),
  add column clock_stage int not null default 0,
  -- Null: from the beginning.
  add column clock_from timestamptz,
  add column urged_total int not null default 0,
  add column urged_on date,
  add column urged_that_day int not null default 0,
  add column reopenings int not null default 0,
  -- Matter of its case, by which officers are chosen.
  add column matter text,
  -- When the service itself has to look again; null: not until somebody acts.
  add column look_at timestamptz,
  add check ((offer_to is null) = (offer_from is null) and (offer_to is null) = (offer_until is null));

-- The migration looks with the eyes of the service. What was open before is looked at once, at its own time.
select set_config('app.system', 'on', true);
update task t set look_at = created_at, matter = (select a.matter from application a where a.id = t.application_id)
  where status in ('open', 'leased', 'paused');

-- Lists and boards ask for what is not closed; of a hundred tasks a few are.
create index task_live_place on task (region_code, due, created_at, id) where status in ('open', 'leased', 'paused');
create index task_live_due on task (due, created_at, id) where status in ('open', 'leased', 'paused');
create index task_live_assignee on task (assignee_id, due, created_at, id)
  where status in ('open', 'leased', 'paused') and assignee_id is not null;
create index task_offer on task (offer_to) where offer_to is not null;
create index task_look on task (look_at) where look_at is not null;

-- Officers are no residents, and who works where is known to all who work: no place hides these rows.
create table officer_absence (
  id text collate "C" primary key,
  officer_id text collate "C" not null references officer,
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  substitute_id text collate "C" references officer check (substitute_id <> officer_id),
  created_by text collate "C" not null references officer,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index officer_absence_officer on officer_absence (officer_id, to_day) where ended_at is null;
create index officer_absence_substitute on officer_absence (substitute_id, to_day) where ended_at is null;

-- No row: every matter.
create table officer_matter (
  officer_id text collate "C" not null references officer,
  matter text collate "C" not null,
  primary key (officer_id, matter)
);

-- One digest for one officer and day, whichever worker writes it.
create table officer_digest (
  officer_id text collate "C" not null references officer,
  day date not null,
  at timestamptz not null,
  primary key (officer_id, day)
);

-- Messages of one day, for the cap.
create table officer_message_count (
  officer_id text collate "C" not null references officer,
  day date not null,
  sent int not null,
  primary key (officer_id, day)
);

grant select, insert, update on officer_absence to nuanxin_app;
grant select, insert, delete on officer_matter, officer_digest to nuanxin_app;
grant select, insert, update, delete on officer_message_count to nuanxin_app;
