-- The tasks of a family are found by their cause whatever their state, to be forgotten with it; `task_cause` holds only those that
-- wait, `task_of_few` only those with few eyes, and a table of all tasks is not to be read through for each night's families.
create index task_any_cause on task (cause) where cause is not null;
