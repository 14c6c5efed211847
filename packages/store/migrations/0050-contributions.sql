-- Drives and the book of contributions. The book is double entry and append-only, and the database itself keeps it so: every entry's
-- lines sum to zero per commodity, every line carries the balance of its account forward, nothing is changed or taken away, receipts
-- have no gaps, and nothing is written into a closed month. What stands here does not depend on the programs that write it.

-- What is collected for, as the people decided. Fixed once it is open.
create table contribution_drive (
  unit_id integer not null,
  id uuid not null,
  title text not null,
  purpose text not null,
  spending_rule text not null,
  -- Money of a drive is in one currency, counted in its smallest unit.
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  target bigint check (target > 0),
  from_day date not null,
  to_day date not null,
  check (from_day <= to_day),
  -- The decision it rests on: a conclusion of a meeting of the unit, or a paper.
  meeting_id uuid,
  conclusion_id uuid,
  paper_number text,
  paper_issuer text,
  check ((meeting_id is null) = (conclusion_id is null) and (paper_number is null) = (paper_issuer is null)),
  check (num_nonnulls(meeting_id, paper_number) = 1),
  votes_for integer,
  votes_of integer,
  threshold text check (threshold in ('half', 'two-thirds', 'all')),
  check (votes_for between 0 and votes_of),
  decided_on date not null,
  check (decided_on <= from_day),
  treasurer uuid not null,
  supervisors uuid[] not null,
  check (cardinality(supervisors) > 0 and not treasurer = any (supervisors)),
  -- {"labour": 300000}: what one of a kind is worth, only where the drive fixed it. Never part of the cash.
  rates jsonb not null default '{}',
  opened_by text not null,
  opened_at timestamptz not null,
  primary key (unit_id, id)
);

-- What a drive's lines are counted in: money, square metres, days, or goods of a name and a unit.
create table contribution_commodity (
  unit_id integer not null,
  drive_id uuid not null,
  key text not null,
  kind text not null check (kind in ('money', 'land', 'labour', 'material', 'asset', 'service')),
  name text not null default '',
  unit text not null default '',
  primary key (unit_id, drive_id, key),
  foreign key (unit_id, drive_id) references contribution_drive (unit_id, id)
);

-- Who gave. Names stay here, apart from the book, so that one can be forgotten without touching it.
create table contribution_giver (
  unit_id integer not null,
  id uuid not null,
  kind text not null check (kind in ('household', 'person', 'organisation', 'anonymous')),
  name text not null default '',
  check (kind <> 'anonymous' or name = ''),
  -- Whether the name may be shown to everyone.
  publish boolean not null default false,
  check (not publish or name <> ''),
  primary key (unit_id, id)
);

-- A paper list that was typed in, with its picture.
create table contribution_list (
  unit_id integer not null,
  drive_id uuid not null,
  id uuid not null,
  file_digest text not null references file (digest),
  receipts integer not null check (receipts > 0),
  actor text not null,
  recorded_at timestamptz not null,
  primary key (unit_id, id),
  foreign key (unit_id, drive_id) references contribution_drive (unit_id, id)
);

create table contribution_entry (
  unit_id integer not null,
  id uuid not null,
  drive_id uuid not null,
  -- Numbers of a unit's entries follow each other without a gap.
  seq integer not null check (seq > 0),
  kind text not null check (kind in ('pledge', 'receive', 'use', 'reverse')),
  on_day date not null,
  recorded_at timestamptz not null,
  actor text not null,
  -- How many lines it has: none can be added later.
  lines integer not null check (lines >= 2),
  giver_id uuid,
  check ((giver_id is not null) = (kind in ('pledge', 'receive'))),
  -- Receipts of a unit are numbered within a year without a gap; one that was reversed stays as void.
  receipt_year integer,
  receipt_number integer check (receipt_number > 0),
  check ((receipt_year is not null and receipt_number is not null) = (kind = 'receive')),
  -- The number of a receipt handed out on paper, or of a voucher. Once per drive, until what used it is reversed.
  paper text not null default '',
  list_id uuid,
  file_digest text references file (digest),
  check (kind <> 'use' or (file_digest is not null and paper <> '')),
  parcel text not null default '',
  certificate_updated boolean,
  note text not null default '',
  check (kind <> 'reverse' or note <> ''),
  reverses uuid,
  check ((reverses is not null) = (kind = 'reverse')),
  primary key (unit_id, id),
  unique (unit_id, seq),
  unique (unit_id, receipt_year, receipt_number),
  unique (unit_id, reverses),
  foreign key (unit_id, drive_id) references contribution_drive (unit_id, id),
  foreign key (unit_id, giver_id) references contribution_giver (unit_id, id),
  foreign key (unit_id, list_id) references contribution_list (unit_id, id),
  foreign key (unit_id, reverses) references contribution_entry (unit_id, id)
);
create index contribution_entry_drive on contribution_entry (unit_id, drive_id, seq);
create index contribution_entry_paper on contribution_entry (unit_id, drive_id, kind, paper) where paper <> '';

-- given and promisers run below zero (what came from people), held, used and promised above it.
create table contribution_line (
  unit_id integer not null,
  drive_id uuid not null,
  account text not null check (account in ('promisers', 'promised', 'given', 'held', 'used')),
  commodity text not null,
  place bigint not null check (place > 0),
  entry_id uuid not null,
  quantity numeric(16, 3) not null check (quantity <> 0),
  -- Of the account after this line. That held stays above zero means: no more is used than was received.
  balance numeric(16, 3) not null,
  check (case when account in ('promisers', 'given') then balance <= 0 else balance >= 0 end),
  primary key (unit_id, drive_id, account, commodity, place),
  foreign key (unit_id, drive_id, commodity) references contribution_commodity (unit_id, drive_id, key),
  foreign key (unit_id, entry_id) references contribution_entry (unit_id, id)
);
create index contribution_line_entry on contribution_line (unit_id, entry_id);

-- A month that is over and checked. It refers to the last entry then written, so a backup loads the book before the closings.
create table contribution_close (
  unit_id integer not null,
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  last_seq integer,
  actor text not null,
  closed_at timestamptz not null,
  primary key (unit_id, month),
  foreign key (unit_id, last_seq) references contribution_entry (unit_id, seq)
);

create function contribution_refuse() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation', constraint = 'contribution_append_only';
end $$;

-- An unused book may be emptied: that is how a backup is loaded.
create function contribution_refuse_emptying() returns trigger language plpgsql as $$
declare used boolean;
begin
  execute format('select exists (select from %I)', tg_table_name) into used;
  if used then
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation', constraint = 'contribution_append_only';
  end if;
  return null;
end $$;

do $$
declare name text;
begin
  foreach name in array array['drive', 'commodity', 'list', 'entry', 'line', 'close'] loop
    execute format('create trigger contribution_kept before update or delete on contribution_%s
      for each row execute function contribution_refuse()', name);
    execute format('create trigger contribution_not_emptied before truncate on contribution_%s
      for each statement execute function contribution_refuse_emptying()', name);
  end loop;
end $$;
create trigger contribution_kept before delete on contribution_giver for each row execute function contribution_refuse();

create function contribution_month_open() returns trigger language plpgsql as $$
begin
  if exists (select from contribution_close where unit_id = new.unit_id and month >= to_char(new.on_day, 'YYYY-MM')) then
    raise exception 'the month of % is closed', new.on_day using errcode = 'check_violation', constraint = 'contribution_month_open';
  end if;
  return new;
end $$;
create trigger contribution_month_open before insert on contribution_entry
  for each row execute function contribution_month_open();

-- The rules below look at more than one row. They are asked once for all rows of a statement, as text, so that the plan fits the size
-- the book has on that day; a paper list of a thousand lines costs few looks, and a backup loads in whatever order its rows come.
create function contribution_line_fits() returns trigger language plpgsql as $$
declare wrong text;
begin
  -- Each line follows the one before it in its account.
  execute $q$
    select a.account || ' ' || a.place from added a
    left join contribution_line b on b.unit_id = a.unit_id and b.drive_id = a.drive_id and b.account = a.account
      and b.commodity = a.commodity and b.place = a.place - 1
    where case when a.place = 1 then 0 else b.balance end + a.quantity is distinct from a.balance limit 1 $q$ into wrong;
  if wrong is not null then
    raise exception 'line % does not follow', wrong using errcode = 'check_violation', constraint = 'contribution_line_follows';
  end if;
  -- Each entry has as many lines as it says, all of its drive, and they sum to zero in each commodity.
  execute $q$
    select e.id::text from (select distinct unit_id, entry_id from added) t
    join contribution_entry e on e.unit_id = t.unit_id and e.id = t.entry_id
    cross join lateral (
      select sum(c.n) as n, bool_and(c.total = 0 and c.drive_id = e.drive_id) as fits
      from (select l.drive_id, l.commodity, count(*) as n, sum(l.quantity) as total from contribution_line l
        where l.unit_id = e.unit_id and l.entry_id = e.id group by 1, 2) c
    ) s
    where s.n <> e.lines or not s.fits limit 1 $q$ into wrong;
  if wrong is not null then
    raise exception 'entry % does not balance', wrong using errcode = 'check_violation', constraint = 'contribution_balanced';
  end if;
  -- A reversal undoes one entry of its drive wholly, and no reversal.
  execute $q$
    select r.id::text from (select distinct unit_id, entry_id from added) t
    join contribution_entry r on r.unit_id = t.unit_id and r.id = t.entry_id and r.kind = 'reverse'
    join contribution_entry o on o.unit_id = r.unit_id and o.id = r.reverses
    where o.kind = 'reverse' or o.drive_id <> r.drive_id or exists (
      select from contribution_line l where l.unit_id = r.unit_id and l.entry_id in (r.id, o.id)
      group by l.account, l.commodity having sum(l.quantity) <> 0) limit 1 $q$ into wrong;
  if wrong is not null then
    raise exception 'entry % does not undo another', wrong
      using errcode = 'check_violation', constraint = 'contribution_reverses_whole';
  end if;
  return null;
end $$;
create trigger contribution_line_fits after insert on contribution_line
  referencing new table as added for each statement execute function contribution_line_fits();

create function contribution_entry_fits() returns trigger language plpgsql as $$
declare wrong text;
begin
  execute $q$
    select a.seq::text from added a
    left join contribution_entry b on b.unit_id = a.unit_id and b.seq = a.seq - 1
    where a.seq > 1 and b.id is null limit 1 $q$ into wrong;
  if wrong is not null then
    raise exception 'entry % has none before it', wrong using errcode = 'check_violation', constraint = 'contribution_seq_whole';
  end if;
  execute $q$
    select a.receipt_number::text from added a
    left join contribution_entry b on b.unit_id = a.unit_id and b.receipt_year = a.receipt_year
      and b.receipt_number = a.receipt_number - 1
    where a.receipt_number > 1 and b.id is null limit 1 $q$ into wrong;
  if wrong is not null then
    raise exception 'receipt % has none before it', wrong
      using errcode = 'check_violation', constraint = 'contribution_receipts_whole';
  end if;
  execute $q$
    select t.paper from (select distinct unit_id, drive_id, kind, paper from added where paper <> '') t
    where (select count(*) from contribution_entry e
      where e.unit_id = t.unit_id and e.drive_id = t.drive_id and e.kind = t.kind and e.paper = t.paper and e.paper <> ''
        and not exists (select from contribution_entry r where r.unit_id = e.unit_id and r.reverses = e.id)) > 1
    limit 1 $q$ into wrong;
  if wrong is not null then
    raise exception 'paper % was used before', wrong using errcode = 'unique_violation', constraint = 'contribution_paper_once';
  end if;
  return null;
end $$;
create trigger contribution_entry_fits after insert on contribution_entry
  referencing new table as added for each statement execute function contribution_entry_fits();

-- An entry is written before its lines, so whether it has any is asked at the commit.
create function contribution_entry_has_lines() returns trigger language plpgsql as $$
begin
  if not exists (select from contribution_line where unit_id = new.unit_id and entry_id = new.id) then
    raise exception 'entry % has no lines', new.id using errcode = 'check_violation', constraint = 'contribution_balanced';
  end if;
  return null;
end $$;
create constraint trigger contribution_entry_has_lines after insert on contribution_entry
  deferrable initially deferred for each row execute function contribution_entry_has_lines();
