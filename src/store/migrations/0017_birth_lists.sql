-- Lists of births from hospitals or the police, held against the registrations every night. No name and no number: the
-- parent is the keyed hash under which a registration claims its person.
create table birth_list_entry (
  list_id text collate "C" not null,
  line int not null check (line > 0),
  region_code text collate "C" not null,
  -- Always null: a line is nobody's until a registration is found. Row-level security reads it as everywhere.
  resident_id text collate "C" check (resident_id is null),
  person_index bytea not null,
  birth_date date not null,
  compared_on date,
  registered boolean,
  agrees boolean,
  timely boolean,
  primary key (list_id, line)
);
create index birth_list_entry_date on birth_list_entry (birth_date);

grant select, insert, update on birth_list_entry to nuanxin_app;

alter table birth_list_entry enable row level security;
alter table birth_list_entry force row level security;
create policy seen on birth_list_entry using (
  region_code collate "C" >= nullif(current_setting('app.region', true), '')
    and region_code collate "C" < nullif(current_setting('app.region', true), '') || '~'
  or current_setting('app.system', true) = 'on'
);
