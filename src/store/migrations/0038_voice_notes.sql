-- Voice notes are evidence like photos and places: they lie with their task, whoever sees the task hears them, and they are kept
-- as long as it is. The sound lies apart, sealed, so that lists do not read it. Who records on the officers' own pages is no
-- resident there.
alter table task_evidence alter column resident_id drop not null;
alter table task_evidence drop constraint task_evidence_kind_check;
alter table task_evidence drop constraint task_evidence_check;
alter table task_evidence add constraint task_evidence_kind_check check (kind in ('photo', 'place', 'voice'));
alter table task_evidence add constraint task_evidence_check check (kind <> 'place' or place is not null);

create table evidence_sound (
  evidence_id text collate "C" primary key references task_evidence,
  mime_type text not null check (mime_type in ('audio/webm', 'audio/ogg', 'audio/mp4', 'audio/mpeg', 'audio/aac')),
  seconds int not null check (seconds between 1 and 60),
  bytes bytea not null
);
alter table evidence_sound alter column bytes set storage external;

alter table evidence_sound enable row level security;
alter table evidence_sound force row level security;
-- Row-level security holds for the evidence inside, and for its task.
create policy heard on evidence_sound using (
  current_setting('app.system', true) = 'on' or exists (select from task_evidence e where e.id = evidence_id)
);

grant select, insert on evidence_sound to nuanxin_app;
