-- Days whose needs of residents (群众需求) are counted, so that each counts once.
create table need_day (
  day date primary key,
  collected_at timestamptz not null
);
grant select, insert on need_day to nuanxin_app;

-- The trail of some days is read by its days, whatever was written since.
create index audit_at on audit (at, seq);
