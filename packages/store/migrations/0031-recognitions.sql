-- A unit recognised by a decision for what a programme's verified sheet showed. Recognised anew after a revocation: the next seq.
create table recognition (
  unit_id integer not null,
  programme_id integer not null references programme (id),
  seq integer not null,
  -- The verified sheet it rests on, and the level it reached.
  period text not null,
  level text not null,
  decided_on date not null,
  revoked_on date,
  primary key (unit_id, programme_id, seq)
);
create unique index recognition_standing on recognition (unit_id, programme_id) where revoked_on is null;
create index recognition_of_programme on recognition (programme_id, unit_id);

-- Recognised → maintained (again and again) or to be remedied → maintained or revoked. What holds on a day is the last one up to it.
create table recognition_event (
  unit_id integer not null,
  programme_id integer not null,
  seq integer not null,
  nth integer not null,
  kind text not null check (kind in ('recognised', 'maintained', 'remediation', 'revoked')),
  on_day date not null,
  at timestamptz not null,
  actor text not null,
  decision_number text,
  issuer text,
  reason text,
  -- Next recheck, or the day by which it is to be remedied; null where the rule names none.
  next_day date,
  primary key (unit_id, programme_id, seq, nth)
);
