-- A case can go to another place. Its figures stay with the place that accepted it (`region_code`); whose officers go on with
-- it says `case_region`. Both see the row.
select set_config('app.system', 'on', true);
alter table case_figure add column case_region text collate "C";
update case_figure set case_region = region_code;
alter table case_figure alter column case_region set not null;
drop policy seen on case_figure;
create policy seen on case_figure using (
  region_code collate "C" >= nullif(current_setting('app.region', true), '')
    and region_code collate "C" < nullif(current_setting('app.region', true), '') || '~'
  or case_region collate "C" >= nullif(current_setting('app.region', true), '')
    and case_region collate "C" < nullif(current_setting('app.region', true), '') || '~'
  or resident_id = nullif(current_setting('app.resident', true), '')
  or current_setting('app.system', true) = 'on'
);

-- All that hangs on a case goes along, so that row-level security decides by one place. By the rights of the place that has
-- it: an officer of that place, or the service itself. False when the case is not there (any more). What the audit trail says
-- stays where it was said. Tasks go to the office of the same level.
create function move_application(p_application text, p_from text, p_to text) returns boolean
language plpgsql security definer set search_path = nuanxin, pg_temp as $$
declare
  before constant text := coalesce(current_setting('app.system', true), '');
  region constant text := nullif(current_setting('app.region', true), '');
  officer constant text := coalesce(current_setting('app.officer', true), '');
  held boolean;
  beside text;
begin
  if p_to !~ '^[0-9]{12}$' or before <> 'on' and (region is null or not starts_with(p_from, region)) then
    return false;
  end if;
  perform set_config('app.system', 'on', true), set_config('app.officer', '', true);
  update application set region_code = p_to where id = p_application and region_code = p_from;
  held := found;
  if held then
    foreach beside in array array['application_action', 'application_subject', 'application_content', 'application_mark',
                                  'certificate', 'commitment', 'confirmation', 'notice', 'rating', 'service_calendar',
                                  'window_filing'] loop
      execute format('update %I set region_code = $2 where application_id = $1', beside) using p_application, p_to;
    end loop;
    update notice_event e set region_code = p_to from notice n
      where n.number = e.number and n.application_id = p_application;
    update certificate_register r set region_code = p_to from certificate c
      where c.application_id = p_application and r.number = c.number and r.source = 'own';
    update task_action a set region_code = left(p_to, length(a.region_code)) from task t
      where t.id = a.task_id and t.application_id = p_application;
    update task set region_code = left(p_to, length(region_code)) where application_id = p_application;
    update case_figure set case_region = p_to where application_id = p_application;
  end if;
  perform set_config('app.system', before, true), set_config('app.officer', officer, true);
  return held;
end $$;
revoke all on function move_application from public;
grant execute on function move_application to nuanxin_app;
