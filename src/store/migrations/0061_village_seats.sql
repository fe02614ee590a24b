-- Where the offices of villages lie, as officers or the county's list gave it: in the system in which it was given. A public place, so
-- not sealed; who recorded what before is in the audit trail.
create table village_seat (
  region_code text collate "C" primary key check (region_code ~ '^[0-9]{12}$'),
  longitude double precision not null check (longitude between 73 and 136),
  latitude double precision not null check (latitude between 3 and 54),
  system text not null check (system in ('wgs84', 'cgcs2000', 'gcj02')),
  accuracy_metres real check (accuracy_metres >= 0),
  source text not null check (source in ('onSite', 'list')),
  recorded_by text collate "C" references officer,
  recorded_at timestamptz not null,
  check ((source = 'onSite') = (recorded_by is not null))
);
grant select, insert, update, delete on village_seat to nuanxin_app;

alter table village_seat enable row level security;
alter table village_seat force row level security;
create policy seen on village_seat using (
  region_code collate "C" >= nullif(current_setting('app.region', true), '')
    and region_code collate "C" < nullif(current_setting('app.region', true), '') || '~'
  or current_setting('app.system', true) = 'on'
);
