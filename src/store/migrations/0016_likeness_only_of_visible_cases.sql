-- Where the owner of the functions is a superuser, row-level security does not hold inside them: whom the asker sees is said
-- here in so many words.
create or replace function similar_applications(p_applications text[])
returns table (application_id text, other_id text, kind text, other_region text)
language plpgsql security definer set search_path = nuanxin, pg_temp as $$
#variable_conflict use_column
declare
  before constant text := coalesce(current_setting('app.system', true), '');
  region constant text := nullif(current_setting('app.region', true), '');
  resident constant text := nullif(current_setting('app.resident', true), '');
begin
  perform set_config('app.system', 'on', true);
  return query
    select m.application_id, o.application_id, m.kind, a.region_code
    from application_mark m
      join application_mark o on o.kind = m.kind and o.mark = m.mark and o.application_id <> m.application_id
      join application a on a.id = o.application_id
    where m.application_id = any(p_applications) and a.status not in ('withdrawn', 'refused')
      and (before = 'on' or m.resident_id = resident
        or m.region_code collate "C" >= region and m.region_code collate "C" < region || '~')
    order by m.application_id, o.application_id, m.kind;
  perform set_config('app.system', before, true);
end $$;
