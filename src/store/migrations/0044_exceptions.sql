-- Supervisors read what went another way than it should. Such rows are few among all, so each kind has a small index.
create index case_figure_exceptions on case_figure (case_region) where exceptions > 0;
create index case_figure_by_silence on case_figure (case_region) where by_silence;
create index task_urged on task (region_code) where urged_total > 1;
create index task_reopened on task (region_code) where reopenings > 0;
