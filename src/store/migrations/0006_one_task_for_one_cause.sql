-- One cause, one task: while a task with this key waits for an officer, the same cause opens no second one. Keys are made of
-- random ids and words of ours.
alter table task add column cause text collate "C";
create unique index task_cause on task (cause) where cause is not null and status in ('open', 'leased', 'paused');
