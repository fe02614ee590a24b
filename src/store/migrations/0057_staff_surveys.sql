-- 干部知晓率: a questionnaire to officers, begun by a county. Who is asked stands with his name; what he answers does not.
create table staff_survey (
  id text collate "C" primary key,
  region_code text collate "C" not null check (region_code ~ '^[0-9]{6}$'),
  flow text not null,
  revision int not null,
  title text not null,
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  created_by text collate "C" not null references officer
);
create index staff_survey_region on staff_survey (region_code, opens_at desc, id desc);

-- Role and place as they were when it began.
create table staff_survey_asked (
  survey_id text collate "C" not null references staff_survey,
  officer_id text collate "C" not null references officer,
  role text not null check (role in ('village', 'town', 'county')),
  region_code text collate "C" not null,
  primary key (survey_id, officer_id)
);
create index staff_survey_asked_officer on staff_survey_asked (officer_id);

-- `person`: keyed hash of survey and officer, by which there is one answer and no way back to a name. No moments: they would tell
-- who it was. `answers`, sealed, are there until they are handed in, and then nowhere.
create table staff_survey_answer (
  survey_id text collate "C" not null references staff_survey,
  person bytea not null,
  answers bytea,
  finished boolean not null,
  primary key (survey_id, person),
  check (finished = (answers is null))
);

-- Finished answers added up: for all, by role, by town; never by both.
create table staff_survey_count (
  survey_id text collate "C" not null references staff_survey,
  part text not null check (part in ('all', 'role', 'town')),
  cell text collate "C" not null,
  question text not null,
  option text not null,
  n int not null check (n > 0),
  primary key (survey_id, part, cell, question, option)
);

grant select, insert, update, delete on staff_survey, staff_survey_asked, staff_survey_answer, staff_survey_count to nuanxin_app;

-- No officer's eyes read them, whatever his place: figures are made with those of the service.
do $$
declare
  name text;
begin
  foreach name in array array['staff_survey', 'staff_survey_asked', 'staff_survey_answer', 'staff_survey_count'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy seen on %I using (current_setting(''app.system'', true) = ''on'')', name);
  end loop;
end $$;
