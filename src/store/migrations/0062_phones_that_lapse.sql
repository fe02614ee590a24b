-- Carriers give out again the numbers that were given up, so a confirmed phone counts for a time only: it is confirmed anew, or
-- deleted by its age. A link that ends with it has `ended_by = 'retention'`: it comes back by nobody's confirmation alone.
grant update (confirmed_at) on resident_phone to nuanxin_app;
create index resident_phone_age on resident_phone (confirmed_at);
