-- What a county brings itself: the year's days off, and its own list of places. Each row is one imported file as a whole;
-- it replaces what the service brings for the same year or county.
create table work_calendar (
  year int primary key check (year between 2000 and 2100),
  days_off jsonb not null,
  make_up_days jsonb not null,
  source text not null,
  imported_at timestamptz not null
);

create table county_list (
  county_code text collate "C" primary key check (county_code ~ '^[0-9]{6}$'),
  -- Pairs of code and name, and of alias and code.
  places jsonb not null,
  aliases jsonb not null,
  imported_at timestamptz not null
);

grant select, insert, update on work_calendar, county_list to nuanxin_app;
