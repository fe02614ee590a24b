-- Messages of the service's own accord: to whom they may go, what was decided, and why something was not sent.

-- A phone of which the platform said that it is this person's own; never one that somebody typed.
create table resident_phone (
  resident_id text collate "C" not null references resident,
  phone_index bytea not null,
  confirmed_at timestamptz not null,
  primary key (resident_id, phone_index)
);
create index resident_phone_phone on resident_phone (phone_index);

-- Who speaks for a household by an officer's word or by its own signed link; by phone they meet of themselves.
create table household_resident (
  household_id text collate "C" not null references household,
  resident_id text collate "C" not null references resident,
  proof text not null check (proof in ('officer', 'surveyLink')),
  linked_by text collate "C" not null,
  linked_at timestamptz not null,
  primary key (household_id, resident_id)
);
create index household_resident_resident on household_resident (resident_id);

-- Silence until a human lifts it. What a mute is for is nobody's business but the service's: no officer's eyes see it.
create table mute (
  id text collate "C" primary key,
  household_id text collate "C",
  resident_id text collate "C",
  reason text not null check (reason in ('bereavement', 'distress', 'wish', 'other')),
  muted_by text collate "C" not null,
  since timestamptz not null,
  lifted_by text collate "C",
  lifted_at timestamptz,
  check ((household_id is null) <> (resident_id is null))
);
create unique index mute_household on mute (household_id, reason) where lifted_at is null and household_id is not null;
create unique index mute_resident on mute (resident_id, reason) where lifted_at is null and resident_id is not null;

-- 退订, by purpose. One row for each that was ever refused.
create table message_opt_out (
  resident_id text collate "C" not null references resident,
  purpose text not null check (purpose in ('survey', 'calendar', 'care')),
  is_out boolean not null,
  changed_by text collate "C" not null,
  changed_at timestamptz not null,
  primary key (resident_id, purpose)
);

-- What was decided about each message. `reason` null: it was queued, under the same id in the outbox. Holds no words.
create table message (
  id text collate "C" primary key,
  household_id text collate "C",
  resident_id text collate "C",
  purpose text not null check (purpose in ('answer', 'case', 'survey', 'calendar', 'care', 'distress')),
  key text not null,
  dedupe_key text collate "C" not null unique,
  reason text,
  planned_at timestamptz not null,
  at timestamptz not null
);
create index message_household on message (household_id, planned_at) where household_id is not null;
create index message_resident on message (resident_id, planned_at) where resident_id is not null;
create index message_age on message using brin (at);

alter table outbox add column purpose text,
  add column expires_at timestamptz,
  add column receipt text,
  add column receipt_at timestamptz;

grant select, insert, update on mute to nuanxin_app;
grant select, insert, delete on resident_phone, household_resident to nuanxin_app;
grant select, insert, update, delete on message_opt_out, message to nuanxin_app;

alter table mute enable row level security;
alter table mute force row level security;
create policy seen on mute using (current_setting('app.system', true) = 'on');
alter table household_resident enable row level security;
alter table household_resident force row level security;
create policy seen on household_resident using (current_setting('app.system', true) = 'on');
alter table resident_phone enable row level security;
alter table resident_phone force row level security;
create policy seen on resident_phone using (current_setting('app.system', true) = 'on');
alter table message enable row level security;
alter table message force row level security;
create policy seen on message using (current_setting('app.system', true) = 'on');
alter table message_opt_out enable row level security;
alter table message_opt_out force row level security;
create policy seen on message_opt_out using (current_setting('app.system', true) = 'on');
