-- Totals per unit, programme, period and item over everything BELOW the unit (its own sheet is not in it), by the tree in force on
-- the last day of the period. Items: 'sheet.<state or sheets>', 'level.<id>', 'criterion.<key>'.
create table rollup_cell (
  unit_id integer not null,
  programme_id integer not null,
  period text not null,
  item text not null,
  declared bigint not null default 0,
  declared_met bigint not null default 0,
  declared_sustained bigint not null default 0,
  declared_value numeric not null default 0,
  declared_of numeric not null default 0,
  verified bigint not null default 0,
  verified_met bigint not null default 0,
  verified_sustained bigint not null default 0,
  verified_value numeric not null default 0,
  verified_of numeric not null default 0,
  differing bigint not null default 0,
  regressed bigint not null default 0,
  primary key (unit_id, programme_id, period, item)
);

-- What a commit changed and nobody has gathered upward yet. `path` holds the units above the writer on the period's last day;
-- structural operations gather everything first, under the exclusive side of the tree lock, so a path is never stale.
create table rollup_change (
  unit_id integer not null,
  id bigint generated always as identity,
  programme_id integer not null,
  period text not null,
  path integer[] not null,
  items text[] not null,
  -- items.length × 12 numbers, item by item, in the order of rollup_cell's measures.
  amounts numeric[] not null,
  primary key (unit_id, id)
);
create index rollup_change_period on rollup_change (programme_id, period);
