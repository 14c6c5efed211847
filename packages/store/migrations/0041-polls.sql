-- Votes. A poll changes its row only when its state changes, never with a ballot.
create table poll (
  unit_id integer not null,
  id uuid not null,
  -- The meeting that put it, if one did; meetings point here, nothing here knows them.
  meeting_id uuid,
  kind text not null check (kind in ('question', 'person', 'choices')),
  way text not null check (way in ('hands', 'phones', 'secret')),
  question text not null,
  -- [{id, label}], in the order of the ballot.
  choices jsonb not null,
  rule jsonb not null,
  -- Fewer present at the closing make the vote void.
  quorum integer,
  round integer not null,
  -- The first poll on the same question; its own id in the first round.
  first_id uuid not null,
  -- open → closed; a secret one: giving (ballots are handed out) → casting (the box is open) → closed. Or void.
  state text not null check (state in ('open', 'giving', 'casting', 'closed', 'void')),
  eligible integer not null,
  opened_at timestamptz not null,
  opened_by text not null,
  ended_at timestamptz,
  ended_by text,
  present integer,
  -- Raised hands or paper slips, counted by two: {counts, spoiled, counters}.
  counted jsonb,
  result jsonb,
  void_reason text,
  -- A secret poll: what ballots are sealed with, as everybody may know it.
  public_key bytea,
  -- SHA-256 over its ballots as published.
  ballots_digest bytea,
  primary key (unit_id, id)
);
create index poll_of_meeting on poll (unit_id, meeting_id);
-- A void vote decided nothing: its round is held again.
create unique index poll_round on poll (unit_id, first_id, round) where state <> 'void';

-- Seals ballots while they are handed out; gone when the box opens. With it one could forge ballots, never open one.
create table poll_key (
  unit_id integer not null,
  poll_id uuid not null,
  private_key bytea not null,
  primary key (unit_id, poll_id)
);

-- Who may vote, and how: with a phone's ballot, a paper slip, or openly. Never what.
create table poll_voter (
  unit_id integer not null,
  poll_id uuid not null,
  person_id uuid not null,
  took text check (took in ('phone', 'paper', 'open')),
  -- Digest of the wrapped ballot, and the seal set on the wrapping, for a phone that lost the answer; the seal goes at the closing.
  -- The wrapping is random and known to the phone alone, so neither says anything about the ballot inside.
  blinded_digest bytea,
  blind_signature bytea,
  primary key (unit_id, poll_id, person_id)
);

-- Votes that are no secret.
create table poll_vote (
  unit_id integer not null,
  poll_id uuid not null,
  person_id uuid not null,
  choices text[] not null,
  primary key (unit_id, poll_id, person_id)
);

-- The open box: every part holds ballots sorted by their random serial and is written anew with each of them, so that no row is one
-- ballot, and neither place nor transaction of a row tells when a ballot came. Emptied at the closing.
create table poll_box (
  unit_id integer not null,
  poll_id uuid not null,
  part integer not null,
  filled integer not null,
  -- 'serial signature choices'
  ballots text[] not null,
  primary key (unit_id, poll_id, part)
);

-- The ballots of a closed poll, all written at once and sorted. No column tells who, when or in which order.
create table poll_ballot (
  unit_id integer not null,
  poll_id uuid not null,
  serial bytea not null,
  choices text[] not null,
  signature bytea not null,
  primary key (unit_id, poll_id, serial)
);
