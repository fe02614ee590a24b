create table officer (
  id text collate "C" primary key,
  username text collate "C" not null unique,
  name text not null,
  role text not null check (role in ('village', 'town', 'county', 'auditor')),
  region_code text collate "C" not null check (region_code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$'),
  office_phone text,
  disabled boolean not null default false,
  password_hash text not null,
  totp_secret bytea,
  failures int not null default 0,
  locked_until timestamptz,
  created_at timestamptz not null
);
create index officer_region on officer (region_code) where not disabled;

create table officer_session (
  token_hash bytea primary key,
  officer_id text collate "C" not null references officer,
  csrf_token text not null,
  created_at timestamptz not null,
  used_at timestamptz not null,
  expires_at timestamptz not null
);
create index officer_session_officer on officer_session (officer_id);

create table officer_identity (
  channel text collate "C" not null,
  sender_index bytea not null,
  officer_id text collate "C" not null references officer,
  bound_at timestamptz not null,
  primary key (channel, sender_index)
);

create table officer_binding_code (
  code_hash bytea primary key,
  officer_id text collate "C" not null references officer,
  expires_at timestamptz not null,
  used_at timestamptz
);

grant select, insert, update on officer, officer_binding_code to nuanxin_app;
grant select, insert, update, delete on officer_session, officer_identity to nuanxin_app;
