-- A link between resident and household ends and leaves a trace; the same two may meet again later. An ended row with proof
-- `phone` says that this phone, though the list has it, does not speak for that household.
alter table household_resident drop constraint household_resident_pkey;
alter table household_resident drop constraint household_resident_proof_check;
alter table household_resident
  add column ended_by text collate "C",
  add column ended_at timestamptz,
  add constraint household_resident_proof_check check (proof in ('phone', 'officer', 'surveyLink')),
  add constraint household_resident_end_check check ((ended_by is null) = (ended_at is null));
create unique index household_resident_live on household_resident (household_id, resident_id) where ended_at is null;
create index household_resident_household on household_resident (household_id);
grant update (ended_by, ended_at) on household_resident to nuanxin_app;

-- Who was asked for the platform's word about the own phone and did not want to: not asked again for a time.
create table phone_refusal (
  resident_id text collate "C" primary key references resident,
  refused_at timestamptz not null
);
grant select, insert, update, delete on phone_refusal to nuanxin_app;
alter table phone_refusal enable row level security;
alter table phone_refusal force row level security;
create policy seen on phone_refusal using (current_setting('app.system', true) = 'on');

-- A code that an officer shows at one door.
alter table short_code drop constraint short_code_purpose_check;
alter table short_code add constraint short_code_purpose_check check (purpose in ('assist', 'invitation', 'household'));

-- Two entries of one household on the list are one; the other is merged into it.
alter table household drop constraint household_gone_check;
alter table household
  add constraint household_gone_check check (gone in ('moved', 'deceased', 'merged')),
  add column gone_by text collate "C";
