select set_config('app.system', 'on', true);
-- Records of a family that is not looked after any more go when their days are over (个人信息保护法 47).
alter table care_family add column ended_at timestamptz;
update care_family f set ended_at = (select max(at) from care_action a where a.family_id = f.id) where status = 'ended';
create index care_family_ended on care_family (ended_at) where ended_at is not null;
grant delete on care_family, care_action, care_link, care_signup to nuanxin_app;
