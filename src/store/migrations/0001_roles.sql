-- The service works as nuanxin_app, which owns nothing and cannot pass by row-level security.
-- The queue works as nuanxin_queue, which sees its own schema and no table of ours.
-- Roles belong to the whole server and the migration to one database: another database may have made them already.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['nuanxin_app', 'nuanxin_queue'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      begin
        execute format('create role %I nologin nosuperuser nocreatedb nocreaterole nobypassrls', wanted);
      exception when duplicate_object or unique_violation then
        null; -- made by a migration of another database at the same moment
      end;
    end if;
    -- A superuser may become any role. Others must be members, and since PostgreSQL 16 making a role is not enough.
    if not (select rolsuper from pg_roles where rolname = current_user)
       and not pg_has_role(current_user, wanted, 'member') then
      execute format('grant %I to current_user', wanted);
    end if;
  end loop;
end $$;

grant usage on schema nuanxin to nuanxin_app;

-- Data keys, wrapped by the key file outside the database.
create table data_key (
  kid int primary key check (kid > 0),
  algorithm text not null check (algorithm in ('aes', 'sm')),
  wrapped bytea not null,
  created_at timestamptz not null default now()
);
grant select on data_key to nuanxin_app;
