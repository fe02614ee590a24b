-- What processes share of an account on a platform: its access token, and how much each member was sent. The platform drops
-- what is above its limits without a word, so they are counted here, over all processes.
create table platform_token (
  account text collate "C" primary key,
  token bytea not null,
  digest bytea not null,
  refresh_at timestamptz not null
);

create table message_pace (
  channel text collate "C" not null,
  sender_index bytea not null,
  minute timestamptz not null,
  sent int not null,
  primary key (channel, sender_index, minute)
);
create index message_pace_age on message_pace (minute);

grant select, insert, update, delete on platform_token, message_pace to nuanxin_app;
