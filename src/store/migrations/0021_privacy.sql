-- Deleting what is no longer needed (个人信息保护法 19, 47), with a proof that names nobody.
select set_config('app.system', 'on', true);

-- A photo that became part of a case is kept as long as the case. Of older ones nobody knows: they stay.
alter table upload add column kept boolean not null default false;
update upload set kept = true;
create index upload_age on upload (at) where not kept;
create index inbox_age on inbox using brin (at);
create index outbox_age on outbox using brin (created_at);
create index task_forms on task (closed_at) where detail is not null and status in ('done', 'cancelled');

-- The resident ended the account; what is left of it goes when nothing is undecided any more.
alter table resident add column closed_at timestamptz;
create index resident_closed on resident (closed_at) where closed_at is not null;

-- `digest`: keyed hash over the ids of the rows that are gone.
create table deletion_record (
  id text collate "C" primary key,
  kind text not null,
  cause text not null check (cause in ('retention', 'resident', 'account', 'revoked')),
  removed int not null check (removed > 0),
  digest bytea not null,
  at timestamptz not null
);
create index deletion_record_at on deletion_record (at);

grant select, insert on deletion_record to nuanxin_app;
grant delete on inbox, outbox, upload, consent, resident_identity to nuanxin_app;
