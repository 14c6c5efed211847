-- What works and the book of contributions add to the totals, month by month: the truth that totals of programme 0 must equal.
-- Items: works.<kind>.<state> counts works in the month they came into their state; done.<kind>.<measure> what was done (value) and what
-- was to be done by then (of); cost.<source>.<currency>; given.<what> receipts (n), received (value), promised (of), vouchers (uses) and
-- used; givers.household and givers.all those who gave for the first time in a drive.
create view tally as
  select w.unit_id, to_char(w.state_on, 'YYYY-MM') as month, 'works.' || w.kind || '.' || w.state as item,
    1 as n, 0::numeric as value, 0::numeric as of, 0 as uses, 0::numeric as used
  from work w
  union all
  select r.unit_id, to_char(r.on_day, 'YYYY-MM'), 'done.' || w.kind || '.' || r.measure, 0, r.added, 0, 0, 0
  from work_report r join work w on w.unit_id = r.unit_id and w.id = r.work_id
  union all
  select q.unit_id, to_char(w.due, 'YYYY-MM'), 'done.' || w.kind || '.' || q.measure, 0, 0, q.planned, 0, 0
  from work_quantity q join work w on w.unit_id = q.unit_id and w.id = q.work_id
  where q.planned is not null
  union all
  select c.unit_id, to_char(c.on_day, 'YYYY-MM'), 'cost.' || c.source || '.' || c.currency, 1, c.amount, 0, 0, 0
  from work_cost c where c.withdrawn_at is null
  union all
  -- Goods of many names do not add up: of them only receipts and vouchers are counted.
  select e.unit_id, to_char(e.on_day, 'YYYY-MM'), 'given.' || c.kind || case c.kind when 'money' then '.' || c.unit else '' end,
    case l.account when 'held' then sign(l.quantity)::integer else 0 end,
    case when l.account = 'held' and c.kind in ('money', 'land', 'labour') then l.quantity else 0 end,
    case when l.account = 'promised' and c.kind in ('money', 'land', 'labour') then l.quantity else 0 end,
    case l.account when 'used' then sign(l.quantity)::integer else 0 end,
    case when l.account = 'used' and c.kind in ('money', 'land', 'labour') then l.quantity else 0 end
  from contribution_entry e
  left join contribution_entry o on o.unit_id = e.unit_id and o.id = e.reverses
  join contribution_line l on l.unit_id = e.unit_id and l.entry_id = e.id
    and l.account = case coalesce(o.kind, e.kind) when 'pledge' then 'promised' when 'use' then 'used' else 'held' end
  join contribution_commodity c on c.unit_id = l.unit_id and c.drive_id = l.drive_id and c.key = l.commodity
  union all
  select g.unit_id, to_char(g.on_day, 'YYYY-MM'), i.item, i.n, 0, 0, 0, 0
  from (
    select e.unit_id, e.on_day, e.households - coalesce(lag(e.households) over w, 0) as households,
      e.givers - coalesce(lag(e.givers) over w, 0) as givers
    from contribution_entry e window w as (partition by e.unit_id, e.drive_id order by e.seq)
  ) g
  cross join lateral (values ('givers.household', g.households), ('givers.all', g.givers)) i (item, n)
  where i.n <> 0;

-- A unit and the units above it for a month that ends on that day. One that ended meanwhile counts where it stood last, so that nothing
-- it did is lost from the totals above.
create function tally_path(unit integer, month_end date) returns integer[] language sql stable as $$
  with recursive above (node, depth) as (
    select unit, 0
    union all
    select p.parent_id, a.depth + 1
    from above a
    cross join lateral (
      select least(month_end, coalesce((select max(v.valid_to) from unit_version v where v.unit_id = a.node), date '9999-12-31') - 1) as at
    ) d
    join unit_parent p on p.unit_id = a.node and p.valid_from <= d.at and p.valid_to > d.at
    where a.depth < 64
  )
  select array_agg(node order by depth) from above
$$;

-- A year is the sum of its months, each under the tree of its own last day.
insert into rollup_cell (unit_id, programme_id, period, item, declared, declared_value, declared_of, verified, verified_value)
select a.node, 0, p.period, t.item, sum(t.n), sum(t.value), sum(t.of), sum(t.uses), sum(t.used)
from tally t
join (
  select unit_id, month, unnest(tally_path(unit_id, period_end(month))) as node from (select distinct unit_id, month from tally) d
) a on a.unit_id = t.unit_id and a.month = t.month
cross join lateral (values (t.month), (left(t.month, 4))) p (period)
group by 1, 2, 3, 4;
