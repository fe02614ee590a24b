-- Where an officer is written to whom an administrator bound before he ever wrote himself.
alter table officer_identity add column sender bytea;
create index officer_identity_officer on officer_identity (officer_id, channel);

-- A task shown to its officer as a card with buttons, once for each time it lies open (`fence`), and again when he said "later"
-- (`round`). The id is what the platform calls the card by.
create table officer_card (
  id text collate "C" primary key,
  task_id text collate "C" not null references task,
  fence int not null,
  round int not null,
  officer_id text collate "C" not null references officer,
  channel text collate "C" not null,
  sender_index bytea not null,
  status text not null default 'created' check (status in ('created', 'sending', 'sent', 'failed', 'dropped')),
  attempts int not null default 0,
  not_before timestamptz not null,
  created_at timestamptz not null,
  sending_at timestamptz,
  finished_at timestamptz,
  failure text,
  unique (task_id, fence, channel, round)
);
create index officer_card_ready on officer_card (not_before) where status in ('created', 'sending');
create index officer_card_officer on officer_card (officer_id, created_at);

-- A press of a button. The platform lets a card be changed once for each code: `changed_at` is when that was used up.
create table officer_card_press (
  code_hash bytea primary key,
  card_id text collate "C" not null references officer_card,
  act text not null,
  outcome text,
  at timestamptz not null,
  changed_at timestamptz
);

-- What was opened lately and still waits; few rows at any time.
create index task_waiting on task (created_at) where status = 'open';

grant select, insert, update on officer_card, officer_card_press to nuanxin_app;
