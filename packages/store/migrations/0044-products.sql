-- A thematic programme: what it rests on, its groups of content, the steps of its meetings and what is made afterwards. It belongs to
-- the unit that launched it; every unit below takes part.
create table thematic_programme (
  unit_id integer not null,
  id uuid not null,
  title text not null,
  -- [{"number": "101", "date": "2024-08-01", "issuer": "…", "verified": false}]: documents it rests on; verified when somebody read them.
  basis jsonb not null default '[]',
  valid_from date not null,
  valid_to date not null,
  check (valid_from < valid_to),
  -- [{"id": "a", "title": "…"}]
  content_groups jsonb not null,
  -- Steps of each meeting, in order.
  steps jsonb not null,
  formats text[] not null,
  products_least integer not null check (products_least >= 0),
  products_most integer not null check (products_most between 1 and 20 and products_most >= products_least),
  meetings_per_quarter integer not null check (meetings_per_quarter between 0 and 12),
  -- Whether somebody from the level above is to observe each meeting.
  observed boolean not null,
  launched_by text not null,
  launched_at timestamptz not null,
  ended_on date,
  primary key (unit_id, id)
);

create table thematic_topic (
  unit_id integer not null,
  programme_id uuid not null,
  id uuid not null,
  content_group text not null,
  title text not null,
  -- What to read, and where it comes from.
  reading text not null default '',
  added_at timestamptz not null,
  primary key (unit_id, programme_id, id)
);

-- A meeting of a unit on a topic of a programme above it.
create table thematic_meeting (
  unit_id integer not null,
  meeting_id uuid not null,
  owner_id integer not null,
  programme_id uuid not null,
  topic_id uuid not null,
  presenter uuid,
  steps_done integer[] not null default '{}',
  -- Null until somebody says whether an observer came.
  observer_present boolean,
  observer_name text not null default '',
  observer_remark text not null default '',
  taken_by text not null,
  taken_at timestamptz not null,
  primary key (unit_id, meeting_id)
);
create index thematic_meeting_programme on thematic_meeting (programme_id);

create table product (
  unit_id integer not null,
  id uuid not null,
  meeting_id uuid not null,
  programme_id uuid not null,
  format text not null check (format in ('slides', 'article', 'post', 'video', 'podcast', 'photos', 'other')),
  title text not null,
  language text not null,
  authors uuid[] not null,
  body text not null default '',
  url text,
  file_digest text references file (digest),
  -- Whose pictures, voices and texts are in it, and by what leave.
  rights text not null default '',
  state text not null check (state in ('draft', 'checked', 'approved', 'published', 'entered', 'withdrawn')),
  sources text not null default '',
  checked_by uuid,
  -- Where it was published or which contest it was entered in, and on which day. Always in the unit's name.
  channel text not null default '',
  place text not null default '',
  out_on date,
  version integer not null default 1,
  made_at timestamptz not null,
  primary key (unit_id, id)
);
create index product_meeting on product (unit_id, meeting_id);

create table product_event (
  unit_id integer not null,
  product_id uuid not null,
  seq integer not null,
  at timestamptz not null,
  actor text not null,
  step text not null,
  note text not null default '',
  primary key (unit_id, product_id, seq)
);
