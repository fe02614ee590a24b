-- Who is no contact of a family any more sees nothing of it, of what is done neither: its tasks are found whatever their state.
create index task_of_few on task (cause) where only_for is not null;
