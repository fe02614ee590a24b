-- Why a case was rated badly: names of choices, several may be chosen. Nothing personal, so that they can be counted.
alter table rating add column reasons text[] not null default '{}';
