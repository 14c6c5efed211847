-- What a commit changed in the totals becomes one text instead of thirteen lists: most measures of a change are zero, and a text of the
-- others is written, read and sent to a page in a fraction of the time.
with taken as (
  delete from rollup_change returning *
), summed as (
  select node as unit_id, t.programme_id, t.period, c.item, sum(c.declared) as declared, sum(c.declared_met) as declared_met,
    sum(c.declared_sustained) as declared_sustained, sum(c.declared_value) as declared_value, sum(c.declared_of) as declared_of,
    sum(c.verified) as verified, sum(c.verified_met) as verified_met, sum(c.verified_sustained) as verified_sustained,
    sum(c.verified_value) as verified_value, sum(c.verified_of) as verified_of, sum(c.differing) as differing,
    sum(c.regressed) as regressed
  from taken t
  cross join lateral unnest(t.items, t.declared, t.declared_met, t.declared_sustained, t.declared_value, t.declared_of, t.verified,
    t.verified_met, t.verified_sustained, t.verified_value, t.verified_of, t.differing, t.regressed)
    as c (item, declared, declared_met, declared_sustained, declared_value, declared_of, verified, verified_met, verified_sustained,
      verified_value, verified_of, differing, regressed)
  cross join unnest(t.path) as node
  group by 1, 2, 3, 4
)
insert into rollup_cell
select * from summed
on conflict (unit_id, programme_id, period, item) do update set
  declared = rollup_cell.declared + excluded.declared, declared_met = rollup_cell.declared_met + excluded.declared_met,
  declared_sustained = rollup_cell.declared_sustained + excluded.declared_sustained,
  declared_value = rollup_cell.declared_value + excluded.declared_value, declared_of = rollup_cell.declared_of + excluded.declared_of,
  verified = rollup_cell.verified + excluded.verified, verified_met = rollup_cell.verified_met + excluded.verified_met,
  verified_sustained = rollup_cell.verified_sustained + excluded.verified_sustained,
  verified_value = rollup_cell.verified_value + excluded.verified_value, verified_of = rollup_cell.verified_of + excluded.verified_of,
  differing = rollup_cell.differing + excluded.differing, regressed = rollup_cell.regressed + excluded.regressed;

alter table rollup_change
  drop column items, drop column declared, drop column declared_met, drop column declared_sustained, drop column declared_value,
  drop column declared_of, drop column verified, drop column verified_met, drop column verified_sustained, drop column verified_value,
  drop column verified_of, drop column differing, drop column regressed,
  -- A line per item: the item and its measures in the order of rollup_cell with tabs between, nothing where a measure is zero. The same
  -- item may stand twice: once taken away, once added.
  add column cells text not null;

-- Counts the writes to the totals, whoever makes them: readers keep what they read as long as the number stands.
alter table rollup_progress add column writes bigint not null default 0;
create function rollup_cell_written() returns trigger language plpgsql as $$
begin
  update rollup_progress set writes = writes + 1;
  return null;
end $$;
create trigger rollup_cell_written after insert or update or delete or truncate on rollup_cell
  for each statement execute function rollup_cell_written();
