create table programme (
  id integer generated always as identity primary key,
  key text not null unique
);

create table pack (
  programme_id integer not null references programme (id),
  version text not null,
  valid_from date not null,
  valid_to date not null check (valid_to > valid_from),
  content jsonb not null,
  strings jsonb not null,
  digest text not null,
  added_at timestamptz not null default now(),
  primary key (programme_id, version),
  -- One version is in force on any day.
  exclude using gist (int4range(programme_id, programme_id, '[]') with =, daterange(valid_from, valid_to) with &&)
);

create table criterion (
  id integer generated always as identity primary key,
  programme_id integer not null references programme (id),
  key text not null,
  unique (programme_id, key)
);

create table adoption (
  unit_id integer not null,
  programme_id integer not null references programme (id),
  valid_from date not null,
  valid_to date not null check (valid_to > valid_from),
  -- What the unit made its own (own words, stricter targets): the pack engine's adoption.
  adopted jsonb not null default '{}',
  -- {"criterion": "person id"}
  in_charge jsonb not null default '{}',
  decision text not null default '',
  primary key (unit_id, programme_id, valid_from),
  exclude using gist (
    int4range(unit_id, unit_id, '[]') with =,
    int4range(programme_id, programme_id, '[]') with =,
    daterange(valid_from, valid_to) with &&
  )
);

create table assessment (
  unit_id integer not null,
  programme_id integer not null references programme (id),
  period text not null,
  period_end date not null,
  pack_version text not null,
  state text not null check (state in ('open', 'submitted', 'returned', 'accepted', 'locked')),
  -- Raised by every write; two people on one sheet notice each other by it.
  revision integer not null default 1,
  due date not null,
  opened_at timestamptz not null,
  submitted_at timestamptz,
  late boolean not null default false,
  decided_at timestamptz,
  -- {"present": 18, "for": 17, "against": 0, "abstain": 1}
  vote jsonb,
  return_reason text,
  declared_points numeric,
  declared_level text,
  verified_points numeric,
  verified_level text,
  primary key (unit_id, programme_id, period)
);
create index assessment_period on assessment (programme_id, period, unit_id);

create table assessment_value (
  unit_id integer not null,
  programme_id integer not null,
  period text not null,
  criterion_id integer not null,
  declared_value numeric,
  declared_of numeric,
  declared_text text,
  declared_met boolean,
  declared_sustained boolean,
  declared_points numeric,
  verified_value numeric,
  verified_of numeric,
  verified_text text,
  verified_met boolean,
  verified_sustained boolean,
  verified_points numeric,
  verdict text check (verdict in ('accepted', 'returned')),
  note text,
  reason text,
  -- Which fact filled it: {"fact": "...", "label": "...", "href": "..."}
  source jsonb,
  primary key (unit_id, programme_id, period, criterion_id)
);

-- What happened to a sheet, for the people who look at it later.
create table assessment_event (
  unit_id integer not null,
  programme_id integer not null,
  period text not null,
  seq integer not null,
  at timestamptz not null,
  actor text not null,
  kind text not null,
  criterion_id integer,
  reason text,
  primary key (unit_id, programme_id, period, seq)
);

create table file (
  digest text primary key,
  media_type text not null,
  bytes integer not null,
  stored_at timestamptz not null default now()
);

create table evidence (
  unit_id integer not null,
  id uuid not null,
  programme_id integer not null,
  period text not null,
  criterion_id integer not null,
  kind text not null check (kind in ('photo', 'document', 'link', 'note')),
  file_digest text references file (digest),
  url text,
  title text not null,
  added_by text not null,
  added_at timestamptz not null,
  removed_at timestamptz,
  primary key (unit_id, id)
);
create index evidence_sheet on evidence (unit_id, programme_id, period, criterion_id);
