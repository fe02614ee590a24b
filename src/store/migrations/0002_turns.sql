-- Everything that one turn of a conversation reads and writes.
-- Ciphertext does not compress: `external` saves the attempt.

create table resident (
  id text collate "C" primary key,
  created_at timestamptz not null
);

create table resident_identity (
  channel text collate "C" not null,
  sender_index bytea not null,
  resident_id text collate "C" not null references resident,
  sender bytea not null,
  union_index bytea,
  created_at timestamptz not null,
  primary key (channel, sender_index)
);
create index resident_identity_resident on resident_identity (resident_id);
create index resident_identity_union on resident_identity (union_index) where union_index is not null;

-- One row per resident, made with the resident, so that a turn is always an update by compare-and-set on `version`.
create table conversation (
  resident_id text collate "C" primary key references resident,
  version int not null default 0,
  state bytea,
  last_channel text collate "C",
  last_sender_index bytea,
  updated_at timestamptz not null
);
alter table conversation alter column state set storage external;
-- A conversation in the middle of a flow has two to four kilobytes: kept in the row, and half of each page left free,
-- an ordinary turn touches one page and no index.
alter table conversation set (fillfactor = 50, toast_tuple_target = 4080);

create table inbox (
  channel text collate "C" not null,
  sender_index bytea not null,
  message_key text collate "C" not null,
  turn_id text collate "C" not null,
  resident_id text collate "C" not null,
  body bytea not null,
  delivery text not null check (delivery in ('passive', 'outbox')),
  at timestamptz not null,
  primary key (channel, sender_index, message_key)
);
alter table inbox alter column body set storage external;
alter table inbox set (toast_tuple_target = 4080);
create index inbox_resident on inbox (resident_id, at desc);

create table timer (
  session_id text collate "C" not null,
  name text collate "C" not null,
  resident_id text collate "C" not null,
  turn_id text collate "C" not null,
  due_at timestamptz not null,
  claimed_at timestamptz,
  fired_at timestamptz,
  primary key (session_id, name)
);
alter table timer set (fillfactor = 70);
create index timer_due on timer (due_at) where fired_at is null;

create table consent (
  id bigint generated always as identity primary key,
  resident_id text collate "C" not null,
  session_id text collate "C" not null,
  purpose text not null,
  version int not null,
  text_hash text not null,
  granted boolean not null,
  turn_id text collate "C",
  at timestamptz not null
);
create index consent_resident on consent (resident_id, purpose, at desc);

-- One row per turn; `stops` is an array of (flow, revision, step, event, via). No personal data.
create table trace (
  turn_id text collate "C",
  at timestamptz not null,
  stops jsonb not null
);
create index trace_at on trace using brin (at);

create table outbox (
  id text collate "C" primary key,
  seq bigint generated always as identity,
  resident_id text collate "C" not null,
  channel text collate "C" not null,
  payload bytea not null,
  dedupe_key text collate "C" not null unique,
  critical boolean not null,
  status text not null default 'created' check (status in ('created', 'sending', 'sent', 'failed', 'undeliverable')),
  attempts int not null default 0,
  repeat boolean not null default false,
  tried text[] not null default '{}',
  not_before timestamptz not null,
  created_at timestamptz not null,
  sending_at timestamptz,
  finished_at timestamptz,
  provider_id text,
  -- The last SendFailure, for the officer's sentence.
  failure jsonb,
  told_at timestamptz
);
-- Few rows are unfinished at any time; both indexes hold only those.
create index outbox_ready on outbox (not_before, seq) where status = 'created';
create index outbox_unfinished on outbox (resident_id, seq) where status in ('created', 'sending');
create index outbox_sending on outbox (sending_at) where status = 'sending';
create index outbox_untold on outbox (finished_at)
  where critical and told_at is null and status in ('sent', 'failed', 'undeliverable');
create index outbox_resident on outbox (resident_id, created_at desc);

create table resident_session (
  token_hash bytea primary key,
  resident_id text collate "C" not null references resident,
  channel text collate "C" not null,
  sender_index bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index resident_session_expiry on resident_session (expires_at);

create table upload (
  id text collate "C" primary key,
  resident_id text collate "C" not null references resident,
  mime_type text not null,
  bytes bytea not null,
  at timestamptz not null
);
alter table upload alter column bytes set storage external;

grant select, insert, update on resident, resident_identity, conversation, inbox, outbox, upload to nuanxin_app;
grant select, insert, update, delete on timer, resident_session to nuanxin_app;
grant select, insert on consent, trace to nuanxin_app;
