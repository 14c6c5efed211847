-- What a merger changed, as it was and as it became, so that one entered by mistake can be taken back whole.
create table unit_merge (
  -- The unit that came of it.
  unit_id integer not null,
  -- The command that merged.
  id uuid not null,
  made_at timestamptz not null,
  effective date not null,
  -- Whether the merger founded that unit.
  founded boolean not null,
  sources integer[] not null,
  -- Timelines of the sources and of all that stood below them.
  before jsonb not null,
  after jsonb not null,
  -- Rows of unit_link that touched a source.
  links jsonb not null,
  primary key (unit_id, id)
);

-- Password and passkeys of an account that was recovered, until the new link is used or an hour has gone: a recovery of the wrong
-- person is taken back with them.
create table sign_in_aside (
  unit_id integer not null,
  person_id uuid not null,
  taken_at timestamptz not null,
  credentials jsonb not null,
  passkeys jsonb not null,
  primary key (unit_id, person_id)
);
