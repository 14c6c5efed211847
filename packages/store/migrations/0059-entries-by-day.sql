-- What a unit was given in a period is asked by its score sheets.
create index contribution_entry_day on contribution_entry (unit_id, on_day);
