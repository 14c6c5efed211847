-- A village votes by household, sitting by sitting: each sitting is counted by two, and their counts add up. Hands are raised, or slips of
-- paper are put in a box.
alter table poll add column electorate text not null default 'people' check (electorate in ('people', 'households'));
alter table poll drop constraint poll_way_check;
alter table poll add constraint poll_way_check check (way in ('hands', 'phones', 'secret', 'slips'));
alter table poll add constraint poll_way_of_electorate
  check (case electorate when 'people' then way <> 'slips' else way in ('hands', 'slips') end);

create table poll_sitting (
  unit_id integer not null,
  poll_id uuid not null,
  id uuid not null,
  place integer not null,
  name text not null,
  -- Households that belong to it, each with one vote.
  households integer not null check (households > 0),
  -- Null until it is counted: households represented, votes per choice, spoiled slips, and the two who counted.
  present integer check (present between 0 and households),
  counts jsonb,
  spoiled integer not null default 0 check (spoiled >= 0),
  counters uuid[],
  check (num_nulls(present, counts, counters) in (0, 3)),
  primary key (unit_id, poll_id, id)
);
