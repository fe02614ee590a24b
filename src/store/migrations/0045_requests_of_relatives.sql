-- 个人信息保护法 49: close relatives of somebody who died ask for what is kept of him. Towns and counties only, never his village.
create table relative_request (
  id text collate "C" primary key,
  region_code text collate "C" not null check (region_code ~ '^([0-9]{6}|[0-9]{9})$'),
  -- Whose data.
  resident_id text collate "C" not null references resident,
  created_at timestamptz not null
);
create index relative_request_region on relative_request (region_code, created_at desc, id desc);

create table relative_action (
  request_id text collate "C" not null references relative_request,
  seq int not null check (seq > 0),
  at timestamptz not null,
  type text not null,
  actor jsonb not null,
  event bytea not null,
  primary key (request_id, seq)
);

grant select, insert, update on relative_request to nuanxin_app;
grant select, insert on relative_action to nuanxin_app;

alter table relative_request enable row level security;
alter table relative_request force row level security;
alter table relative_action enable row level security;
alter table relative_action force row level security;
create policy seen on relative_request using (
  current_setting('app.system', true) = 'on'
  or char_length(current_setting('app.region', true)) <= 9
    and region_code collate "C" >= nullif(current_setting('app.region', true), '')
    and region_code collate "C" < nullif(current_setting('app.region', true), '') || '~');
create policy seen on relative_action using (
  current_setting('app.system', true) = 'on' or exists (select from relative_request r where r.id = request_id));
