select set_config('app.system', 'on', true);
-- A care message whose worker was killed ended and nobody heard of it. From now on the sweeper tells the end of every message
-- that a person brings when it does not arrive. What ended before was told, or is too old to be brought.
update outbox set told_at = finished_at
  where not critical and purpose in ('case', 'care') and told_at is null and finished_at is not null;
drop index outbox_untold;
create index outbox_untold on outbox (finished_at)
  where (critical or purpose in ('case', 'care')) and told_at is null and status in ('sent', 'failed', 'undeliverable');
