-- 一次登记、全程服务: a calendar after a registration, by consent. Each consent is a row with the version of the text agreed to
-- and its moment; opting out closes the row, so that the proof of both stays. The items are computed, not stored.
create table service_calendar (
  id text collate "C" primary key,
  application_id text collate "C" not null references application,
  region_code text collate "C" not null,
  resident_id text collate "C" not null,
  consent_version int not null check (consent_version > 0),
  consent_at timestamptz not null,
  stopped_at timestamptz check (stopped_at >= consent_at)
);
create unique index service_calendar_running on service_calendar (application_id) where stopped_at is null;
create index service_calendar_resident on service_calendar (resident_id);

grant select, insert, update (stopped_at) on service_calendar to nuanxin_app;

alter table service_calendar enable row level security;
alter table service_calendar force row level security;
create policy seen on service_calendar
  using (
    region_code collate "C" >= nullif(current_setting('app.region', true), '')
      and region_code collate "C" < nullif(current_setting('app.region', true), '') || '~'
    or resident_id = nullif(current_setting('app.resident', true), '')
    or current_setting('app.system', true) = 'on'
  )
  with check (
    region_code collate "C" >= nullif(current_setting('app.region', true), '')
      and region_code collate "C" < nullif(current_setting('app.region', true), '') || '~'
    or resident_id = nullif(current_setting('app.resident', true), '')
    or current_setting('app.system', true) = 'on'
  );
