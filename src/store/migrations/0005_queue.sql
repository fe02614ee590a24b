-- BullMQ keeps its own tables here and migrates them itself, as the owner, at the start of the service. Its role may
-- create in this schema and nowhere else: BullMQ makes a sequence for each queue at its first job.
create schema if not exists bullmq;
grant usage, create on schema bullmq to nuanxin_queue;
