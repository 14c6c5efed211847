-- One row per accepted command, in the command's transaction; one hash chain per unit, so that units never queue behind each other.
create table journal_head (
  unit_id integer primary key,
  seq bigint not null,
  hash bytea not null
);

create table journal (
  unit_id integer not null,
  seq bigint not null,
  command_id uuid not null,
  operation text not null,
  actor text not null,
  at timestamptz not null,
  -- Digests only: what was said stays in its own table and can be erased there.
  input_digest bytea not null,
  hash bytea not null,
  primary key (unit_id, seq)
);

-- The answer given to a command, so that sending it again returns the same one.
create table command_answer (
  unit_id integer not null,
  command_id uuid not null,
  operation text not null,
  input_digest bytea not null,
  -- Salt of the input digest: erasing it leaves a digest nobody can guess back.
  salt bytea not null,
  answer jsonb,
  primary key (unit_id, command_id)
);
