-- A resident's own requests, and what retention and erasure ask of his tasks, are found without reading everybody's.
create index task_resident on task (resident_id, created_at) where resident_id is not null;
