-- Tasks of a family hold its surname and what was written when they were closed: they go with its records (个人信息保护法 47). The
-- service may delete no task and no line of a log; this it may have done, and only of families that are not looked after any more.
create function forget_care_tasks(families text[]) returns int
language plpgsql security definer set search_path = nuanxin, pg_temp as $$
declare
  gone text[];
  pieces text[];
begin
  if current_setting('app.system', true) is distinct from 'on' then
    raise exception 'only the service itself forgets';
  end if;
  select coalesce(array_agg(t.id), '{}') into gone
    from unnest(families) f (id) join task t on t.cause >= 'care:' || f.id || ':' and t.cause < 'care:' || f.id || ':~'
    where not exists (select from care_family c where c.id = f.id and c.status <> 'ended');
  select coalesce(array_agg(id), '{}') into pieces from task_evidence where task_id = any(gone);
  delete from evidence_sound where evidence_id = any(pieces);
  -- A photo without its task is one of no case, and goes with those.
  update upload set kept = false where id in (select upload_id from task_evidence where id = any(pieces));
  delete from task_evidence where id = any(pieces);
  delete from officer_card_press where card_id in (select id from officer_card where task_id = any(gone));
  delete from officer_card where task_id = any(gone);
  delete from task_action where task_id = any(gone);
  delete from task where id = any(gone);
  return cardinality(gone);
end $$;
revoke all on function forget_care_tasks(text[]) from public;
grant execute on function forget_care_tasks(text[]) to nuanxin_app;
