-- 附错了: a photo or a place that an officer attached to the wrong task is taken back by him. The row stays, so that the trail has
-- something to point at; its picture is let go and ends with the other unused ones.
alter table task_evidence add column taken_back_at timestamptz;
