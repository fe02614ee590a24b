-- An afternoon of the town is for its villages as well: their officers put names down for it.
create policy of_the_place_above on care_activity for select using (
  nullif(current_setting('app.region', true), '') like region_code || '%');
create policy of_the_place_above_locked on care_activity for update using (
  nullif(current_setting('app.region', true), '') like region_code || '%') with check (false);
