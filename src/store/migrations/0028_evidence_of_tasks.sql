-- Photos and places that officers send from their chats to show what was done for a task. They lie with their task: whoever sees
-- the task sees them, and they are kept as long as it is. A photo may still lie with its platform when it is attached; workers
-- fetch it (`fetch_at`), and say so when it could not be had.
create table task_evidence (
  id text collate "C" primary key,
  task_id text collate "C" not null references task,
  officer_id text collate "C" not null references officer,
  resident_id text collate "C" not null references resident,
  kind text not null check (kind in ('photo', 'place')),
  upload_id text collate "C" references upload,
  place bytea,
  channel text collate "C",
  media_id text,
  fetch_at timestamptz,
  attempts int not null default 0,
  lost_at timestamptz,
  at timestamptz not null,
  check (kind = 'photo' or place is not null)
);
create index task_evidence_task on task_evidence (task_id, at);
create index task_evidence_fetch on task_evidence (channel, fetch_at) where upload_id is null and lost_at is null;

alter table task_evidence enable row level security;
alter table task_evidence force row level security;
-- Row-level security holds for the task inside, too.
create policy seen on task_evidence using (
  current_setting('app.system', true) = 'on' or exists (select from task t where t.id = task_id)
);

grant select, insert, update on task_evidence to nuanxin_app;
