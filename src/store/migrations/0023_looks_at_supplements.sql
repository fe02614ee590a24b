-- Cases that wait for a supplement are looked at as well: the resident is reminded, and an officer told when the day is over.
-- The migration looks with the eyes of the service.
select set_config('app.system', 'on', true);
update application set look_at = received_at where status = 'waiting' and look_at is null;
