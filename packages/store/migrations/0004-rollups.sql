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
-- The arrays run side by side, one place per item (the same item may stand twice: once taken away, once added).
create table rollup_change (
  unit_id integer not null,
  id bigint generated always as identity,
  programme_id integer not null,
  period text not null,
  path integer[] not null,
  items text[] not null,
  declared integer[] not null,
  declared_met integer[] not null,
  declared_sustained integer[] not null,
  declared_value numeric[] not null,
  declared_of numeric[] not null,
  verified integer[] not null,
  verified_met integer[] not null,
  verified_sustained integer[] not null,
  verified_value numeric[] not null,
  verified_of numeric[] not null,
  differing integer[] not null,
  regressed integer[] not null,
  primary key (unit_id, id)
);
create index rollup_change_period on rollup_change (programme_id, period);
create index rollup_change_order on rollup_change (id);

-- How many changes have been gathered; with those waiting it tells whether any total has changed since someone looked.
create table rollup_progress (gathered bigint not null);
insert into rollup_progress values (0);

-- The calendar of periods, as in packages/domain/src/kernel/period.ts (a test holds the two against each other).
create function period_end(period text) returns date language sql immutable strict parallel safe as $$
  select case
    when length(period) = 4 then make_date(period::integer, 12, 31)
    when substr(period, 6, 1) = 'Q' then
      (make_date(left(period, 4)::integer, substr(period, 7)::integer * 3, 1) + interval '1 month - 1 day')::date
    else (make_date(left(period, 4)::integer, substr(period, 6)::integer, 1) + interval '1 month - 1 day')::date
  end
$$;

create function period_before(period text) returns text language sql immutable strict parallel safe as $$
  select case
    when length(period) = 4 then (period::integer - 1)::text
    when substr(period, 6, 1) = 'Q' then
      case when substr(period, 7) = '1' then (left(period, 4)::integer - 1)::text || '-Q4'
           else left(period, 6) || (substr(period, 7)::integer - 1)::text end
    else to_char(make_date(left(period, 4)::integer, substr(period, 6)::integer, 1) - 1, 'YYYY-MM')
  end
$$;
