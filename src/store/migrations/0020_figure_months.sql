-- Days added up into months, in the statement that adds changes to days. A year of a county with many villages is then read
-- from some thousand rows and not from a million.
create table figure_month (
  region_code text collate "C" not null,
  -- First day of the month.
  month date not null check (extract(day from month) = 1),
  measure text collate "C" not null,
  matter text collate "C" not null,
  way text collate "C" not null,
  detail text collate "C" not null,
  n bigint not null,
  primary key (region_code, month, measure, matter, way, detail)
);

-- The owner of the tables is held to row-level security as well.
select set_config('app.system', 'on', true);
insert into figure_month (region_code, month, measure, matter, way, detail, n)
  select region_code, date_trunc('month', day)::date, measure, matter, way, detail, sum(n)
    from figure_day group by 1, 2, 3, 4, 5, 6;

grant select, insert, update on figure_month to nuanxin_app;
alter table figure_month enable row level security;
alter table figure_month force row level security;
create policy seen on figure_month for select using (
  region_code collate "C" >= nullif(current_setting('app.region', true), '')
    and region_code collate "C" < nullif(current_setting('app.region', true), '') || '~'
  or current_setting('app.system', true) = 'on'
);
-- Only the night moves and deletes.
create policy kept on figure_month for all using (current_setting('app.system', true) = 'on');
