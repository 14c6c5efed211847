-- Tasks: a name and a date on each. What people decided of a task is stored; that it is at risk or overdue is worked out when it is
-- looked at, from its days.
create table task (
  unit_id integer not null,
  id uuid not null,
  -- The unit's register: 12/2026 is the twelfth of its year.
  year integer not null,
  number integer not null,
  title text not null,
  description text not null default '',
  kind text not null check (kind in ('ordinary', 'hard', 'priority', 'urgent', 'breakthrough')),
  origin text not null check (origin in ('resolution', 'above', 'self', 'shortfall', 'correction')),
  -- What it comes from: a meeting's conclusion, or a criterion of a sheet.
  meeting_id uuid,
  conclusion_id uuid,
  programme text,
  period text,
  criterion text,
  -- The unit that gave it, and who did so for it; the same unit for its own tasks.
  assigner_unit integer not null,
  assigner text not null,
  -- Who answers for it, with the post held when it was given.
  responsible uuid not null,
  responsible_post text,
  -- Who leads the work in person.
  directs uuid,
  co_owners uuid[] not null default '{}',
  supporting_units integer[] not null default '{}',
  reason text not null default '',
  root_cause text not null default '',
  products text[] not null default '{}',
  starts date not null,
  deadline date not null check (deadline >= starts),
  state text not null check (state in ('draft', 'registered', 'returned', 'approved', 'in-progress', 'done', 'done-exceeded', 'cancelled')),
  -- The earliest milestone nobody has reached, and the last day of a report: what "at risk" is worked out from.
  next_milestone date,
  reported_on date,
  -- The day the one who answers for it says it was finished; empty again when the evaluation finds it is not.
  claimed_on date,
  -- The day the work was finished, as the evaluation has it.
  finished_on date,
  registered_at timestamptz not null,
  -- Instants at which decisions were taken: a sheet that was sent shows what was known then.
  approved_at timestamptz,
  decided_at timestamptz,
  cancelled_at timestamptz,
  changed_at timestamptz not null,
  -- The task of another unit that this one is a part of.
  parent_unit_id integer,
  parent_id uuid,
  primary key (unit_id, id),
  unique (unit_id, year, number),
  check ((parent_unit_id is null) = (parent_id is null))
);
create index task_deadline on task (unit_id, deadline, id);
create index task_open on task (unit_id, deadline, id) where state in ('approved', 'in-progress');
create index task_responsible on task (unit_id, responsible);
create index task_parent on task (parent_unit_id, parent_id) where parent_id is not null;
create index task_registered on task (unit_id) where state = 'registered';

create table task_measure (
  unit_id integer not null,
  task_id uuid not null,
  seq integer not null,
  name text not null,
  unit text not null default '',
  baseline numeric,
  target numeric not null,
  cumulative boolean not null,
  -- Where it stands by the reports so far.
  reached numeric,
  primary key (unit_id, task_id, seq)
);

create table task_milestone (
  unit_id integer not null,
  task_id uuid not null,
  seq integer not null,
  due date not null,
  product text not null,
  reached_on date,
  primary key (unit_id, task_id, seq)
);

create table task_report (
  unit_id integer not null,
  task_id uuid not null,
  seq integer not null,
  day date not null,
  at timestamptz not null,
  actor text not null,
  words text not null default '',
  difficulty text not null default '',
  -- What the level above is asked for.
  request text not null default '',
  -- {"1": "12.5"}: figures by the number of their measure, as decimal text.
  figures jsonb not null default '{}',
  primary key (unit_id, task_id, seq)
);

create table task_evidence (
  unit_id integer not null,
  id uuid not null,
  task_id uuid not null,
  report integer not null,
  kind text not null check (kind in ('photo', 'document', 'link', 'note')),
  file_digest text references file (digest),
  url text,
  title text not null,
  added_by text not null,
  added_at timestamptz not null,
  primary key (unit_id, id)
);
create index task_evidence_of on task_evidence (unit_id, task_id, report);

-- Every request for more time, decided or not; at most one waits.
create table task_extension (
  unit_id integer not null,
  task_id uuid not null,
  seq integer not null,
  from_day date not null,
  until date not null check (until > from_day),
  reason text not null,
  asked_by text not null,
  asked_at timestamptz not null,
  granted boolean,
  answer text not null default '',
  decided_by text,
  decided_at timestamptz,
  primary key (unit_id, task_id, seq)
);
create unique index task_extension_waiting on task_extension (unit_id, task_id) where granted is null;

-- What the one who answers for it says came of it, and what the one who gave it finds.
create table task_evaluation (
  unit_id integer not null,
  task_id uuid not null,
  seq integer not null,
  side text not null check (side in ('self', 'assigner')),
  outcome text not null check (outcome in ('done', 'exceeded', 'not-done')),
  rating text check (rating in ('excellent', 'good', 'fair', 'poor')),
  reason text not null default '',
  finished_on date not null,
  actor text not null,
  at timestamptz not null,
  primary key (unit_id, task_id, seq)
);

-- What else happened to it: registered, returned, approved, handed over, called off.
create table task_event (
  unit_id integer not null,
  task_id uuid not null,
  seq integer not null,
  kind text not null,
  reason text not null default '',
  actor text not null,
  at timestamptz not null,
  primary key (unit_id, task_id, seq)
);
