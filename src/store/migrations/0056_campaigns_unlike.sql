-- What the server counted of earlier campaigns told it that a new one has no household: it looked for each of 12,000 households
-- among all answers of the campaign instead of by its key, and the figures ran into the limit of 3 s (test/app/largeCampaign.test.ts).
-- It counts anew by itself after a tenth of growth only, which for the twentieth campaign is too late. Without such counts it takes
-- every campaign for a large one: 0.4 s. Setting the type anew lets go of what was counted so far and changes nothing else.
alter table campaign_household alter column campaign_id type text collate "C";
alter table survey_response alter column campaign_id type text collate "C";
alter table campaign_household alter column campaign_id set statistics 0;
alter table survey_response alter column campaign_id set statistics 0;
