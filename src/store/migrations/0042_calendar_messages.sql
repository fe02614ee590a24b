-- 服务日历 messages: each item of a calendar is sent once. `looked_on`: the day on which the service last looked at what is due.
alter table service_calendar add column looked_on date;
create index service_calendar_look on service_calendar (looked_on nulls first, id) where stopped_at is null;
create table service_calendar_sent (
  calendar_id text collate "C" not null references service_calendar,
  item text not null,
  at timestamptz not null,
  primary key (calendar_id, item)
);
grant update (looked_on) on service_calendar to nuanxin_app;
grant select, insert on service_calendar_sent to nuanxin_app;
alter table service_calendar_sent enable row level security;
alter table service_calendar_sent force row level security;
-- Row-level security holds for the calendar inside, too.
create policy seen on service_calendar_sent using (
  current_setting('app.system', true) = 'on' or exists (select from service_calendar c where c.id = calendar_id)
);
