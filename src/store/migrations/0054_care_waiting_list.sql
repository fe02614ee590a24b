-- Who finds an afternoon full waits for a place; the day before, those who come are reminded, once.
alter table care_signup add column waits boolean not null default false;
alter table care_activity add column reminded_at timestamptz;
create index care_activity_to_remind on care_activity (starts_at) where cancelled_at is null and reminded_at is null;
