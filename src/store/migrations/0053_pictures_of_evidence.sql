-- Photos that officers take on their own pages. They lie with their task like voice notes, apart and sealed, and go with it.
create table evidence_picture (
  evidence_id text collate "C" primary key references task_evidence on delete cascade,
  mime_type text not null check (mime_type in ('image/jpeg', 'image/png')),
  bytes bytea not null
);
alter table evidence_picture alter column bytes set storage external;

alter table evidence_picture enable row level security;
alter table evidence_picture force row level security;
-- Row-level security holds for the evidence inside, and for its task.
create policy looked_at on evidence_picture using (
  current_setting('app.system', true) = 'on' or exists (select from task_evidence e where e.id = evidence_id)
);

grant select, insert on evidence_picture to nuanxin_app;
