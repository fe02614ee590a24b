-- One-time notices (一次性告知书). Frozen: written once, never changed. `hash` is SHA-256 of the text of the content before it
-- was sealed. On a case each edition is there once: edition 2 is a supervisor's exception.
create table notice (
  number text collate "C" primary key,
  kind text not null check (kind in ('information', 'supplement')),
  matter text collate "C" not null,
  edition int not null check (edition > 0),
  application_id text collate "C" references application,
  region_code text collate "C" not null,
  resident_id text collate "C" not null,
  issued_at timestamptz not null,
  content bytea not null,
  hash text collate "C" not null check (hash ~ '^[0-9a-f]{64}$'),
  check ((kind = 'supplement') = (application_id is not null)),
  unique (application_id, edition)
);
create index notice_resident on notice (resident_id, matter, issued_at desc);
create index notice_region on notice (region_code, issued_at desc);

-- Issued, read for the first time, confirmed: each once.
create table notice_event (
  number text collate "C" not null references notice,
  type text not null check (type in ('issued', 'read', 'confirmed')),
  at timestamptz not null,
  actor jsonb not null,
  region_code text collate "C" not null,
  resident_id text collate "C" not null,
  primary key (number, type)
);

grant select, insert on notice, notice_event to nuanxin_app;

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
  foreach name in array array['notice', 'notice_event'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy seen on %I using (%s) with check (%s)', name, seen, seen);
  end loop;
end $$;
