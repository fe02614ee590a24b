-- What processes share of a platform besides its token: endpoints that rest, what each person was written in a customer-service
-- window, what forms they allowed, and what became of messages afterwards.

-- An endpoint that said "too often" rests for all processes until then.
create table platform_pause (
  account text collate "C" not null,
  endpoint text collate "C" not null,
  until timestamptz not null,
  failure text not null,
  primary key (account, endpoint)
);

-- Messages written to a person outside an answer; together with the inbox it says what the platform still allows.
create table service_message (
  channel text collate "C" not null,
  sender_index bytea not null,
  at timestamptz not null,
  sent int not null
);
create index service_message_person on service_message (channel, sender_index, at);
create index service_message_age on service_message (at);

-- Forms of the platform that a person allowed: so many times, or until further notice.
create table platform_consent (
  channel text collate "C" not null,
  sender_index bytea not null,
  template_id text collate "C" not null,
  left_over int not null default 0 check (left_over >= 0),
  lasting boolean not null default false,
  changed_at timestamptz not null,
  primary key (channel, sender_index, template_id)
);

-- Events about consent that were counted: the platform may deliver one three times.
create table platform_event (
  channel text collate "C" not null,
  key text collate "C" not null,
  at timestamptz not null,
  primary key (channel, key)
);
create index platform_event_age on platform_event (at);

-- What a platform says of a message after it took it. Written in bulk, without touching anything of the resident; the sweeper
-- brings it to the message. The first word counts.
create table message_receipt (
  channel text collate "C" not null,
  provider_id text collate "C" not null,
  result text not null check (result in ('received', 'refused', 'lost')),
  at timestamptz not null,
  primary key (channel, provider_id)
);
create index message_receipt_age on message_receipt (at);
create index outbox_provider on outbox (provider_id) where provider_id is not null;

-- The queue of each dependency: what waits for one must not be read through to find what waits for another.
create index outbox_lane on outbox (channel, not_before, seq) where status = 'created';

grant select, insert, update, delete on platform_pause, service_message, platform_consent, platform_event, message_receipt
  to nuanxin_app;
