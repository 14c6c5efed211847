-- How many gave is counted as it is written, so that it is read without counting; and a giver can be forgotten without touching the book.

-- A giver is known by name within one drive and no further: nothing here joins what a household gave over the years.
alter table contribution_giver
  add drive_id uuid,
  -- The name as it is compared. Empty: anonymous, or forgotten.
  add key text not null default '',
  add check (kind <> 'anonymous' or key = '');
update contribution_giver g set drive_id = e.drive_id from contribution_entry e where e.unit_id = g.unit_id and e.giver_id = g.id;
create unique index contribution_giver_key on contribution_giver (unit_id, drive_id, kind, key) where key <> '';
create index contribution_giver_public on contribution_giver (unit_id, drive_id, name) where publish;

-- After this entry: households, and givers of all kinds that have a name, from whom something was received that still stands.
alter table contribution_entry
  add households integer not null default 0 check (households >= 0),
  add givers integer not null default 0 check (givers >= households);
create index contribution_entry_giver on contribution_entry (unit_id, giver_id) where giver_id is not null;
create index contribution_entry_use on contribution_entry (unit_id, drive_id, seq) where kind = 'use';

alter table contribution_entry disable trigger contribution_kept;
update contribution_entry e set households = c.households, givers = c.givers
from (
  select x.unit_id, x.id,
    sum(x.step) filter (where g.kind = 'household') over w as households,
    sum(x.step) filter (where g.kind <> 'anonymous') over w as givers
  from (
    select n.unit_id, n.drive_id, n.id, n.seq, coalesce(n.giver_id, o.giver_id) as giver_id,
      case when n.kind = 'receive' then 1 when o.kind = 'receive' then -1 else 0 end as step
    from contribution_entry n left join contribution_entry o on o.unit_id = n.unit_id and o.id = n.reverses
  ) x left join contribution_giver g on g.unit_id = x.unit_id and g.id = x.giver_id
  window w as (partition by x.unit_id, x.drive_id order by x.seq)
) c
where e.unit_id = c.unit_id and e.id = c.id and (coalesce(c.households, 0), coalesce(c.givers, 0)) <> (0, 0);
alter table contribution_entry enable trigger contribution_kept;

-- Forgetting a giver takes the name, what was said about them and where their land lies. Every figure, day and number stays; a reversal
-- keeps that it had a reason.
create function contribution_entry_kept() returns trigger language plpgsql as $$
declare emptied contribution_entry;
begin
  if tg_op = 'UPDATE' and old.kind <> 'use' then
    emptied := old;
    emptied.parcel := '';
    emptied.note := case old.kind when 'reverse' then '…' else '' end;
    if emptied is distinct from old and new is not distinct from emptied then
      return new;
    end if;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation', constraint = 'contribution_append_only';
end $$;
drop trigger contribution_kept on contribution_entry;
create trigger contribution_kept before update or delete on contribution_entry
  for each row execute function contribution_entry_kept();

create function contribution_giver_kept() returns trigger language plpgsql as $$
begin
  if (new.unit_id, new.id, new.drive_id, new.kind) is distinct from (old.unit_id, old.id, old.drive_id, old.kind)
    or (new.name, new.key) <> (old.name, old.key) and (new.name, new.key, new.publish) <> ('', '', false) then
    raise exception 'a giver is only forgotten, not changed' using errcode = 'restrict_violation', constraint = 'contribution_append_only';
  end if;
  return new;
end $$;
create trigger contribution_giver_kept before update on contribution_giver
  for each row execute function contribution_giver_kept();
