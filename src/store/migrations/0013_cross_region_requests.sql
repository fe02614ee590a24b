-- 流动人口异地查询: another place asks about a person who lives here or comes from here; this place answers within its time.
create table cross_region_request (
  id text collate "C" primary key,
  number text collate "C" not null unique,
  -- Place that answers.
  region_code text collate "C" not null,
  -- Always null: who is asked about is no resident of ours. Row-level security reads it as everywhere.
  resident_id text collate "C" check (resident_id is null),
  -- Who asks, about whom, and what; sealed.
  content bytea not null,
  asked_at timestamptz not null,
  due date not null,
  answered_at timestamptz,
  answered_by text collate "C" references officer,
  finding text check (finding in ('found', 'notFound', 'notOurs')),
  note bytea,
  check ((answered_at is null) = (finding is null) and (answered_at is null) = (answered_by is null))
);
alter table cross_region_request alter column content set storage external;
create index cross_region_request_asked on cross_region_request (region_code, asked_at desc, id desc);
create index cross_region_request_open on cross_region_request (region_code, asked_at desc, id desc)
  where answered_at is null;

grant select, insert, update on cross_region_request to nuanxin_app;

alter table cross_region_request enable row level security;
alter table cross_region_request force row level security;
create policy seen on cross_region_request using (
  region_code collate "C" >= nullif(current_setting('app.region', true), '')
    and region_code collate "C" < nullif(current_setting('app.region', true), '') || '~'
  or current_setting('app.system', true) = 'on'
);
