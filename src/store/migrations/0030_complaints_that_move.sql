-- The log of a complaint follows the complaint: whoever has it reads all of it, and who handed it over none. Before, a place
-- beside or below the former one saw a complaint without its beginning.
create function complaint_log_follows() returns trigger
language plpgsql security definer set search_path = nuanxin, pg_temp as $$
declare
  before constant text := coalesce(current_setting('app.system', true), '');
  officer constant text := coalesce(current_setting('app.officer', true), '');
begin
  perform set_config('app.system', 'on', true), set_config('app.officer', '', true);
  update complaint_action set region_code = new.region_code, hidden_from = new.hidden_from where complaint_id = new.id;
  perform set_config('app.system', before, true), set_config('app.officer', officer, true);
  return null;
end $$;
revoke all on function complaint_log_follows from public;

create trigger complaint_log_follows after update of region_code, hidden_from on complaint
  for each row when (old.region_code <> new.region_code or old.hidden_from <> new.hidden_from)
  execute function complaint_log_follows();

-- Those that were handed over already.
select set_config('app.system', 'on', true);
update complaint_action a set region_code = c.region_code, hidden_from = c.hidden_from from complaint c
  where c.id = a.complaint_id and (a.region_code <> c.region_code or a.hidden_from <> c.hidden_from);
