-- Figures. A case counts by its row in case_figure, written in the transaction of each of its actions; what that row changes
-- in the counters goes into figure_change in the same transaction, so that no two officers wait for one counter. At night
-- open changes are added into figure_day. A figure is the sum of both: days and open changes.

create table case_figure (
  application_id text collate "C" primary key references application,
  region_code text collate "C" not null,
  resident_id text collate "C" not null,
  matter text collate "C" not null,
  way text collate "C" not null check (way in ('self', 'assisted', 'window')),
  received_on date not null,
  accepted_on date,
  by_silence boolean not null,
  decided_on date,
  granted boolean,
  why_not_online text collate "C",
  -- Region code of the first receiver's office.
  office text collate "C",
  noticed_on date,
  notices int not null,
  exceptions int not null,
  -- While the clocks run; null while they do not, and where no limit is known.
  promise_due date,
  legal_due date,
  promise_met boolean,
  promise_on date,
  legal_met boolean,
  legal_on date
);
create index case_figure_received on case_figure (region_code, received_on);
create index case_figure_accepted on case_figure (region_code, accepted_on) where accepted_on is not null;
create index case_figure_decided on case_figure (region_code, decided_on) where decided_on is not null;
create index case_figure_noticed on case_figure (region_code, noticed_on) where notices > 1;
create index case_figure_promise_missed on case_figure (region_code, promise_on) where not promise_met;
create index case_figure_legal_missed on case_figure (region_code, legal_on) where not legal_met;
create index case_figure_promise_due on case_figure (promise_due) where promise_due is not null and promise_on is null;
create index case_figure_legal_due on case_figure (legal_due) where legal_due is not null and legal_on is null;

-- No personal data below: places, days, words of ours and numbers.
create table figure_change (
  seq bigint generated always as identity primary key,
  region_code text collate "C" not null,
  day date not null,
  measure text collate "C" not null,
  matter text collate "C" not null,
  way text collate "C" not null,
  detail text collate "C" not null,
  n int not null,
  -- Added into figure_day at this moment; null while it is open.
  counted_at timestamptz
);
create index figure_change_open on figure_change (region_code, day) where counted_at is null;
create index figure_change_next on figure_change (seq) where counted_at is null;
create index figure_change_counted on figure_change (counted_at) where counted_at is not null;

create table figure_day (
  region_code text collate "C" not null,
  day date not null,
  measure text collate "C" not null,
  matter text collate "C" not null,
  way text collate "C" not null,
  detail text collate "C" not null,
  n bigint not null,
  primary key (region_code, day, measure, matter, way, detail)
);

-- One row for each night that ended, so that of several workers one does it.
create table figure_night (
  day date primary key,
  ended_at timestamptz not null,
  settled int not null,
  counted int not null,
  deleted int not null,
  checked int not null,
  differences int not null
);

grant select, insert, update on case_figure to nuanxin_app;
grant select, insert, update, delete on figure_change to nuanxin_app;
grant select, insert, update on figure_day to nuanxin_app;
grant select, insert on figure_night to nuanxin_app;

alter table case_figure enable row level security;
alter table case_figure force row level security;
create policy seen on case_figure using (
  region_code collate "C" >= nullif(current_setting('app.region', true), '')
    and region_code collate "C" < nullif(current_setting('app.region', true), '') || '~'
  or resident_id = nullif(current_setting('app.resident', true), '')
  or current_setting('app.system', true) = 'on'
);

do $$
declare
  name text;
  seen constant text := $policy$
    region_code collate "C" >= nullif(current_setting('app.region', true), '')
      and region_code collate "C" < nullif(current_setting('app.region', true), '') || '~'
    or current_setting('app.system', true) = 'on'
  $policy$;
begin
  foreach name in array array['figure_change', 'figure_day'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy seen on %I for select using (%s)', name, seen);
    -- Only the night moves and deletes.
    execute format('create policy kept on %I for all using (current_setting(''app.system'', true) = ''on'')', name);
  end loop;
end $$;

-- Whoever acts is counted, residents too; nobody counts without saying who he is.
create policy written on figure_change for insert with check (
  coalesce(nullif(current_setting('app.region', true), ''), nullif(current_setting('app.resident', true), ''),
           nullif(current_setting('app.system', true), '')) is not null
);
