-- What the service says of itself about a case: it keeps the quiet hours, and while it waits it holds no answer back.
alter table outbox add column unasked boolean not null default false;
