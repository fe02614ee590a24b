-- What a household said to the invitation itself, and who asked at the door. A finished answer is final.
alter table campaign_household add column reply text check (reply in ('later', 'declined'));
alter table campaign_household add column replied_at timestamptz;
alter table survey_response add column asked_by text collate "C" references officer;

-- The code by which a household shows an officer at the door that it wants to answer. Found by keyed hash.
create table survey_door_code (
  code_index bytea primary key,
  campaign_id text collate "C" not null,
  household_id text collate "C" not null,
  issued_at timestamptz not null,
  unique (campaign_id, household_id),
  foreign key (campaign_id, household_id) references campaign_household on delete cascade
);

-- Finished answers added up, question by question, when they come in: figures read some rows of each village and no answer.
create table survey_count (
  campaign_id text collate "C" not null references campaign,
  village_code text collate "C" not null,
  way text not null check (way in ('chat', 'link', 'officer')),
  question text not null,
  option text not null,
  n int not null check (n > 0),
  primary key (campaign_id, village_code, way, question, option)
);

-- Free words of finished answers, apart from the households: nobody finds back who said them. Sealed.
create table survey_words (
  id text collate "C" primary key,
  campaign_id text collate "C" not null references campaign,
  village_code text collate "C" not null,
  question text not null,
  words bytea not null
);
alter table survey_words alter column words set storage external;
create index survey_words_campaign on survey_words (campaign_id, id);

grant select, insert, update, delete on survey_door_code, survey_count, survey_words to nuanxin_app;

-- No officer's eyes read them: figures and groups are made with those of the service, and only those are shown.
do $$
declare
  name text;
begin
  foreach name in array array['survey_door_code', 'survey_count', 'survey_words'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy seen on %I using (current_setting(''app.system'', true) = ''on'')', name);
  end loop;
end $$;
