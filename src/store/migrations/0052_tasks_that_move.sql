-- A task without a case goes to another village when its family moves: its log goes with it, or those there could not read what
-- happened before. Tasks of a case and their log are moved by move_application.
create function task_log_moves() returns trigger
language plpgsql security definer set search_path = nuanxin, pg_temp as $$
declare
  before constant text := coalesce(current_setting('app.system', true), '');
  officer constant text := coalesce(current_setting('app.officer', true), '');
begin
  perform set_config('app.system', 'on', true), set_config('app.officer', '', true);
  update task_action set region_code = new.region_code where task_id = new.id;
  perform set_config('app.system', before, true), set_config('app.officer', officer, true);
  return null;
end $$;
revoke all on function task_log_moves() from public;

create trigger task_log_moves after update of region_code on task
  for each row when (old.region_code <> new.region_code)
  execute function task_log_moves();
