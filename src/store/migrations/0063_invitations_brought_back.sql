select set_config('app.system', 'on', true);
-- A household whose invitation did not arrive comes up again, for the door alone: no message to it is tried a second time.
alter table campaign_household add column by_door boolean not null default false;
-- The sweeper tells of such an end too, where a worker was killed before it could. What ended before is not gone after.
update outbox set told_at = finished_at
  where not critical and purpose = 'survey' and told_at is null and status in ('failed', 'undeliverable');
drop index outbox_untold;
create index outbox_untold on outbox (finished_at)
  where (critical or purpose in ('case', 'care') or purpose = 'survey' and status <> 'sent')
    and told_at is null and status in ('sent', 'failed', 'undeliverable');
