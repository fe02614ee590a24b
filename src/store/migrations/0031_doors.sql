-- Calls at the doors where somebody could guess (log-in, check page, answers of bureaus), counted for all processes together.
-- Unlogged: after a crash the counting begins anew, and nothing is lost by it. `id`: keyed hash of the door and who calls.
create unlogged table door_count (
  id bytea not null,
  -- Number of the span of time.
  span bigint not null,
  n int not null,
  ends_at timestamptz not null,
  primary key (id, span)
);
create index door_count_end on door_count (ends_at);
grant select, insert, update, delete on door_count to nuanxin_app;

-- A one-time code opens once, whichever process it is shown to.
alter table officer add column totp_step bigint;
