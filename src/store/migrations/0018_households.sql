-- Households as a county lists them: what surveys and care need and no more. Number, head and phone are sealed; the id is the
-- keyed hash of county and number, by which the same household is found again.
create table household (
  id text collate "C" primary key,
  region_code text collate "C" not null check (region_code ~ '^[0-9]{12}$'),
  phone_index bytea,
  members int check (members between 1 and 99),
  content bytea not null,
  -- Tells whether a row that is brought again has changed.
  digest bytea not null,
  imported_at timestamptz not null
);
alter table household alter column content set storage external;
create index household_region on household (region_code, id);
create index household_phone on household (phone_index) where phone_index is not null;

grant select, insert, update on household to nuanxin_app;

alter table household enable row level security;
alter table household force row level security;
create policy seen on household using (
  region_code collate "C" >= nullif(current_setting('app.region', true), '')
    and region_code collate "C" < nullif(current_setting('app.region', true), '') || '~'
  or current_setting('app.system', true) = 'on'
);

-- The same birth on a second list, or on a corrected one, is one birth. `birth_key` is a keyed hash of county, mother, day and
-- what tells twins apart; `other_index` is the other parent, under whose number it may have been registered as well.
alter table birth_list_entry add column birth_key bytea;
alter table birth_list_entry add column other_index bytea;
create unique index birth_list_entry_birth on birth_list_entry (birth_key) where birth_key is not null;
