-- Documents that exist: those issued here and those brought from the books of a place. What they say of their holder is
-- sealed; `holder_index` finds it by identity number, `digest` tells whether a row that is brought again has changed.
create table certificate_register (
  id text collate "C" primary key,
  document text collate "C" not null,
  number text collate "C" not null,
  region_code text collate "C" not null,
  resident_id text collate "C",
  holder_index bytea not null,
  content bytea not null,
  digest bytea not null,
  issued_on date not null,
  office text not null,
  status text not null check (status in ('valid', 'revoked', 'superseded')),
  superseded_by text collate "C",
  source text not null check (source in ('own', 'imported')),
  locked_until timestamptz,
  unique (document, number)
);
create index certificate_register_holder on certificate_register (holder_index, document);

-- 告知承诺. `holder_index` finds an open breach of a person over all places; what happened to it stands in the log of its
-- application.
create table commitment (
  id text collate "C" primary key,
  application_id text collate "C" not null references application,
  region_code text collate "C" not null,
  resident_id text collate "C" not null,
  holder_index bytea not null,
  material text collate "C" not null,
  text_version int not null check (text_version > 0),
  text_hash text collate "C" not null check (text_hash ~ '^[0-9a-f]{64}$'),
  made_at timestamptz not null,
  status text not null check (status in ('made', 'kept', 'broken', 'mended', 'expired')),
  drawn boolean,
  task_id text collate "C" references task,
  broken_on date,
  correct_by date,
  reminders int not null default 0,
  unique (application_id, material)
);
create index commitment_breach on commitment (holder_index) where status in ('broken', 'expired');
create index commitment_undrawn on commitment (made_at) where status = 'made' and drawn is null;
create index commitment_correct_by on commitment (correct_by) where status = 'broken';
create index commitment_task on commitment (task_id) where task_id is not null;

grant select, insert, update on certificate_register, commitment to nuanxin_app;

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
  foreach name in array array['certificate_register', 'commitment'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy seen on %I using (%s) with check (%s)', name, seen, seen);
  end loop;
end $$;
