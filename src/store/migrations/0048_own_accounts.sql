-- A secret of the second factor that was shown and not confirmed yet; it never opens anything.
alter table officer add column totp_pending bytea;
alter table officer add column totp_pending_until timestamptz;

-- Whether the session was opened by a platform that knows its members: that is a factor of its own.
alter table officer_session add column by_platform boolean not null default false;

-- One-time codes for whoever has his phone not at hand. `code`: keyed hash; a row goes when its code was used.
create table officer_recovery_code (
  officer_id text collate "C" not null references officer,
  code bytea not null,
  primary key (officer_id, code)
);
grant select, insert, delete on officer_recovery_code to nuanxin_app;
