-- One row while, and after, a database is filled with the demo: a fill that was cut short is known by its missing end.
create table demo_fill (
  id integer primary key check (id = 1),
  began_at timestamptz not null default now(),
  ended_at timestamptz
);
