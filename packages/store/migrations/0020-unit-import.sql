-- How far each file of units has been taken, so that an interrupted import goes on where it stopped.
create table unit_import (
  -- SHA-256 of the file's bytes and of how they were read.
  file_digest text primary key check (file_digest ~ '^[0-9a-f]{64}$'),
  file_name text not null,
  lines integer not null,
  -- Rows settled, in the order in which the file is taken; never goes back.
  committed integer not null,
  taken integer not null,
  refused integer not null,
  started_at timestamptz not null,
  updated_at timestamptz not null
);
