-- The rest of a case's life. The migration looks with the eyes of the service: row-level security holds for the owner too.
select set_config('app.system', 'on', true);

-- When the service itself has to look at a case again: acceptance by silence, the archive. Set with every action that may
-- change it; the look then finds the true moment, so a changed calendar or setting needs no second way.
alter table application add column look_at timestamptz;
update application set look_at = received_at where status in ('submitted', 'delivered', 'refused', 'withdrawn');
create index application_look on application (look_at) where look_at is not null;

-- What an officer corrected: the content as it then was. The newest row is the one in force, the first content stays.
create table application_content (
  application_id text collate "C" not null references application,
  seq int not null check (seq > 1),
  region_code text collate "C" not null,
  resident_id text collate "C" not null,
  at timestamptz not null,
  content bytea not null,
  primary key (application_id, seq)
);

-- Keyed hashes by which likely doubles are found without opening anything.
create table application_mark (
  application_id text collate "C" not null references application,
  kind text collate "C" not null,
  region_code text collate "C" not null,
  resident_id text collate "C" not null,
  mark bytea not null,
  primary key (application_id, kind)
);
create index application_mark_value on application_mark (kind, mark);

-- A question to another bureau, and its answer.
create table confirmation (
  id text collate "C" primary key,
  application_id text collate "C" not null references application,
  region_code text collate "C" not null,
  resident_id text collate "C" not null,
  bureau text not null,
  -- The question and what the bureau needs to know of the person.
  question bytea not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  attempts int not null default 0,
  not_before timestamptz not null,
  sent_at timestamptz,
  answered_at timestamptz
);
create index confirmation_unsent on confirmation (not_before) where sent_at is null and answered_at is null;
create index confirmation_application on confirmation (application_id);

-- Codes of ten minutes and one use: a resident lets an officer file for him; an officer invites a resident to go on online.
create table short_code (
  code_hash bytea primary key,
  purpose text not null check (purpose in ('assist', 'invitation')),
  region_code text collate "C",
  resident_id text collate "C",
  officer_id text collate "C",
  content bytea,
  at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index short_code_expiry on short_code (expires_at);

-- The same window case sent twice is one case.
create table window_filing (
  officer_id text collate "C" not null,
  key text collate "C" not null,
  application_id text collate "C" not null references application,
  region_code text collate "C" not null,
  resident_id text collate "C" not null,
  at timestamptz not null,
  primary key (officer_id, key)
);

grant select, insert on application_content, window_filing to nuanxin_app;
grant select, insert, update on confirmation to nuanxin_app;
grant select, insert, update, delete on application_mark, short_code to nuanxin_app;

do $$
declare
  name text;
  seen constant text := $policy$
    region_code collate "C" >= nullif(current_setting('app.region', true), '')
      and region_code collate "C" < nullif(current_setting('app.region', true), '') || '~'
    or resident_id = nullif(current_setting('app.resident', true), '')
    or current_setting('app.system', true) = 'on'
  $policy$;
begin
  foreach name in array array['application_content', 'application_mark', 'confirmation', 'short_code', 'window_filing'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy seen on %I using (%s) with check (%s)', name, seen, seen);
  end loop;
end $$;

-- Cases that look like these, wherever they are: ids, what is alike, and the place, and no row. Only for cases that the asker
-- sees himself.
create function similar_applications(p_applications text[])
returns table (application_id text, other_id text, kind text, other_region text)
language plpgsql security definer set search_path = nuanxin, pg_temp as $$
#variable_conflict use_column
declare
  before constant text := coalesce(current_setting('app.system', true), '');
  visible text[];
begin
  -- Still with the eyes of the asker.
  select array_agg(a.id) into visible from application a where a.id = any(p_applications);
  perform set_config('app.system', 'on', true);
  return query
    select m.application_id, o.application_id, m.kind, a.region_code
    from application_mark m
      join application_mark o on o.kind = m.kind and o.mark = m.mark and o.application_id <> m.application_id
      join application a on a.id = o.application_id
    where m.application_id = any(visible) and a.status not in ('withdrawn', 'refused')
    order by m.application_id, o.application_id, m.kind;
  perform set_config('app.system', before, true);
end $$;
revoke all on function similar_applications from public;
grant execute on function similar_applications to nuanxin_app;
