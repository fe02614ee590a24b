-- What one officer alone changed about a household: it has gone, or somebody speaks for it no more. It holds at once; a second
-- officer confirms it or undoes it. A link that ended is found by who ended it and when, so that no resident stands here.
create table household_change (
  id text collate "C" primary key,
  household_id text collate "C" not null references household,
  kind text not null check (kind in ('moved', 'deceased', 'merged', 'unlinked')),
  noted_by text collate "C" not null,
  noted_at timestamptz not null,
  verdict text check (verdict in ('confirmed', 'undone', 'takenBack')),
  settled_by text collate "C",
  settled_at timestamptz,
  -- Sealed: an officer may name somebody in it.
  reason bytea,
  check ((verdict is null) = (settled_by is null) and (verdict is null) = (settled_at is null))
);
create index household_change_household on household_change (household_id, noted_at);
create index household_change_open on household_change (household_id) where verdict is null;
grant select, insert on household_change to nuanxin_app;
grant update (verdict, settled_by, settled_at, reason) on household_change to nuanxin_app;

-- As with links, who may see a household is asked first, and these are read with the eyes of the service.
alter table household_change enable row level security;
alter table household_change force row level security;
create policy seen on household_change using (current_setting('app.system', true) = 'on');
