-- When the due days of open cases were last brought in line with this calendar.
alter table work_calendar add column looked_at timestamptz;
