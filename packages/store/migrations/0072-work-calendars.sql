-- Which days nobody works: what deadlines in working days pass over. A unit without a row follows the nearest one above that has one.
create table work_calendar (
  unit_id integer primary key,
  -- Days of the week nobody works, 0 is Sunday. On one of them at least people work, or no deadline would ever come.
  weekend integer[] not null check (weekend <@ array[0, 1, 2, 3, 4, 5, 6] and not weekend @> array[0, 1, 2, 3, 4, 5, 6])
);

create table free_day (
  unit_id integer not null references work_calendar (unit_id) on delete cascade,
  day date not null,
  name text not null check (name <> ''),
  primary key (unit_id, day)
);
