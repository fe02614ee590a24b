-- With which calendars, those of the version and those the county brought, the open cases were last looked at.
create table loaded_calendars (
  one boolean primary key default true check (one),
  fingerprint text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  looked_at timestamptz not null
);
grant select, insert, update on loaded_calendars to nuanxin_app;
