-- Applications and all that hangs on them. `region_code` and `resident_id` stand on every row, because row-level
-- security decides by them.

create table application (
  id text collate "C" primary key,
  number text collate "C" not null unique,
  matter text not null,
  region_code text collate "C" not null,
  resident_id text collate "C" not null,
  received_at timestamptz not null,
  content bytea not null,
  -- Type of the last action, for lists. The actions are the truth.
  status text not null
);
alter table application alter column content set storage external;
create index application_region on application (region_code, received_at desc);
create index application_resident on application (resident_id, received_at desc);

create table application_action (
  application_id text collate "C" not null references application,
  seq int not null check (seq > 0),
  region_code text collate "C" not null,
  resident_id text collate "C" not null,
  at timestamptz not null,
  type text not null,
  actor jsonb not null,
  event bytea not null,
  primary key (application_id, seq)
);

create table application_subject (
  matter text collate "C" not null,
  subject_index bytea not null,
  period text collate "C" not null,
  application_id text collate "C" not null references application,
  region_code text collate "C" not null,
  resident_id text collate "C" not null,
  primary key (matter, subject_index, period)
);
create index application_subject_application on application_subject (application_id);

create table task (
  id text collate "C" primary key,
  source text not null,
  region_code text collate "C" not null,
  resident_id text collate "C",
  application_id text collate "C" references application,
  summary text not null,
  detail bytea,
  status text not null check (status in ('open', 'leased', 'paused', 'done', 'cancelled')),
  fence int not null,
  assignee_id text collate "C" references officer,
  lease_until timestamptz,
  first_receiver_id text collate "C" references officer,
  promise_due date,
  legal_due date,
  due date generated always as (coalesce(promise_due, legal_due, 'infinity'::date)) stored,
  due_provisional boolean not null,
  created_at timestamptz not null,
  closed_at timestamptz
);
create index task_region_due on task (region_code, due, created_at, id);
create index task_application on task (application_id);
create index task_assignee on task (assignee_id) where assignee_id is not null;

create table task_action (
  task_id text collate "C" not null references task,
  seq int not null check (seq > 0),
  region_code text collate "C" not null,
  resident_id text collate "C",
  at timestamptz not null,
  type text not null,
  fence int not null,
  actor jsonb not null,
  event bytea not null,
  primary key (task_id, seq)
);

create table certificate (
  id text collate "C" primary key,
  number text collate "C" not null unique,
  application_id text collate "C" not null unique references application,
  region_code text collate "C" not null,
  resident_id text collate "C" not null,
  issued_at timestamptz not null,
  status text not null check (status in ('valid', 'revoked', 'superseded')),
  title text not null,
  check_code_index bytea not null unique,
  check_code bytea not null,
  looks int not null default 0,
  last_look_at timestamptz
);

create table rating (
  application_id text collate "C" primary key references application,
  region_code text collate "C" not null,
  resident_id text collate "C" not null,
  level int not null check (level between 1 and 5),
  comment bytea,
  at timestamptz not null
);

-- `tx` tells which rows can no longer be joined by an earlier one: everything below the oldest running transaction.
create table audit (
  seq bigint generated always as identity primary key,
  tx xid8 not null default pg_current_xact_id(),
  region_code text collate "C",
  resident_id text collate "C",
  actor jsonb not null,
  action text not null,
  object_kind text not null,
  object_id text collate "C" not null,
  detail jsonb not null,
  at timestamptz not null
);
create index audit_object on audit (object_kind, object_id);
create index audit_actor on audit ((actor ->> 'id'), action, at);
create index audit_order on audit (tx, seq);

-- Each seal covers the audit rows after the previous one: a keyed hash over them and over the previous seal.
create table audit_seal (
  seq bigint primary key,
  upto_tx xid8 not null,
  upto_seq bigint not null,
  entries int not null,
  hash bytea not null,
  at timestamptz not null
);

grant select, insert, update on application, task, certificate to nuanxin_app;
grant select, insert, update, delete on application_subject to nuanxin_app;
grant select, insert on application_action, task_action, rating, audit, audit_seal to nuanxin_app;

-- Whose eyes: a place, a resident, or the service itself. Without one there are no rows. On a pooled connection the
-- setting is '' and not null after its first use, and `like ''||'%'` would match everything: hence nullif and a range.
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
  foreach name in array array['application', 'application_action', 'application_subject', 'task', 'task_action',
                              'certificate', 'rating', 'audit'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    if name <> 'audit' then
      execute format('create policy seen on %I using (%s) with check (%s)', name, seen, seen);
    end if;
  end loop;
  execute format('create policy seen on audit for select using (%s)', seen);
end $$;

-- What anybody does is written down, also where no place is concerned; nobody writes without saying who he is.
create policy written on audit for insert with check (
  coalesce(nullif(current_setting('app.region', true), ''), nullif(current_setting('app.resident', true), ''),
           nullif(current_setting('app.system', true), '')) is not null
);

-- Three questions look across all places. Each answers an id, a yes or a number, and no row.
-- `set app.system` in the head of a function is a superuser's right before PostgreSQL 16, so the body does it and puts the
-- former value back; an error in between ends the transaction and the setting with it.

-- One case per (matter, person, period) over all villages: who holds it?
create function subject_holder(p_matter text, p_subject bytea, p_period text) returns text
language plpgsql security definer set search_path = nuanxin, pg_temp as $$
declare
  before constant text := coalesce(current_setting('app.system', true), '');
  holder text;
begin
  perform set_config('app.system', 'on', true);
  select application_id into holder from application_subject
    where matter = p_matter and subject_index = p_subject and period = p_period;
  perform set_config('app.system', before, true);
  return holder;
end $$;

-- Answers whether the application holds the subject now. Waits for another claim in progress and then sees its end.
create function claim_subject(p_matter text, p_subject bytea, p_period text, p_application text) returns boolean
language plpgsql security definer set search_path = nuanxin, pg_temp as $$
declare
  before constant text := coalesce(current_setting('app.system', true), '');
  ours boolean;
begin
  perform set_config('app.system', 'on', true);
  insert into application_subject (matter, subject_index, period, application_id, region_code, resident_id)
    select p_matter, p_subject, p_period, a.id, a.region_code, a.resident_id from application a where a.id = p_application
    on conflict do nothing;
  select exists (select from application_subject
    where matter = p_matter and subject_index = p_subject and period = p_period and application_id = p_application)
    into ours;
  perform set_config('app.system', before, true);
  return ours;
end $$;

-- Limits on what one person does count all of it, wherever it happened.
create function count_audit(p_actor text, p_action text, p_since timestamptz) returns bigint
language plpgsql security definer set search_path = nuanxin, pg_temp as $$
declare
  before constant text := coalesce(current_setting('app.system', true), '');
  found_entries bigint;
begin
  perform set_config('app.system', 'on', true);
  select count(*) into found_entries from audit
    where actor ->> 'id' = p_actor and action = p_action and at >= p_since;
  perform set_config('app.system', before, true);
  return found_entries;
end $$;

revoke all on function subject_holder, claim_subject, count_audit from public;
grant execute on function subject_holder, claim_subject, count_audit to nuanxin_app;
