-- What a longer period came to: proposed by the pack from verified sheets, decided by people, reopened by an appeal.
create table classification (
  unit_id integer not null,
  programme_id integer not null references programme (id),
  period text not null,
  period_end date not null,
  pack_version text not null,
  state text not null check (state in ('proposed', 'decided', 'appealed')),
  proposed_level text,
  proposed_points numeric,
  -- What it was worked out from, as it stood then, and the digest of that; later changes of a sheet do not reach in here.
  inputs jsonb not null,
  inputs_digest text not null,
  -- Failing conditions, vetoes, missing periods: the pack engine's own words.
  result jsonb not null,
  proposed_at timestamptz not null,
  decided_level text,
  decided_on date,
  decision_number text,
  decided_reason text,
  appeal_reason text,
  revision integer not null default 1,
  primary key (unit_id, programme_id, period)
);
create index classification_period on classification (programme_id, period, unit_id);

create table classification_event (
  unit_id integer not null,
  programme_id integer not null,
  period text not null,
  seq integer not null,
  kind text not null check (kind in ('proposed', 'decided', 'appealed')),
  at timestamptz not null,
  actor text not null,
  level text,
  reason text,
  inputs_digest text not null,
  primary key (unit_id, programme_id, period, seq)
);
