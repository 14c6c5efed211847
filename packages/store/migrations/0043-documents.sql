-- What a unit writes on its documents where its kind and its place in the tree do not say it: family of layouts, the line above it,
-- its symbol, the place before the date.
create table document_style (
  unit_id integer primary key,
  family text,
  superior text,
  symbol text,
  place text
);

-- Minutes, their addenda, and resolutions: written, corrected, approved (then its text is fixed), signed (then nothing changes).
create table document (
  unit_id integer not null,
  id uuid not null,
  type text not null check (type in ('minutes', 'addendum', 'resolution')),
  meeting_id uuid not null,
  subject text not null,
  language text not null check (language in ('vi', 'en', 'ar')),
  state text not null check (state in ('draft', 'read', 'approved', 'signed', 'withdrawn')),
  written_at timestamptz not null,
  written_by text not null,
  -- Read out to those who were there.
  read_at timestamptz,
  approved_at timestamptz,
  approved_by text,
  -- How many were for it, where they were counted.
  approval jsonb,
  -- Fixed at the approval: the day written on it, its whole text, and SHA-256 over that text in hexadecimal.
  issued_on date,
  content text,
  digest text check (digest ~ '^[0-9a-f]{64}$'),
  signed_at timestamptz,
  withdrawn_reason text,
  -- Raised by every change, so that a page knows it shows what stands.
  revision integer not null default 1,
  primary key (unit_id, id),
  check ((content is null) = (digest is null)),
  check (state not in ('approved', 'signed') or content is not null),
  check ((state = 'signed') = (signed_at is not null))
);
-- One record of a meeting; whatever is wrong in it is said in an addendum.
create unique index document_minutes on document (unit_id, meeting_id) where type = 'minutes' and state <> 'withdrawn';
create index document_of_meeting on document (unit_id, meeting_id);

-- People correct a document paragraph by paragraph, so two who write at once lose nothing.
create table document_paragraph (
  unit_id integer not null,
  document_id uuid not null,
  id uuid not null,
  place numeric not null,
  -- What it was written from: opening, attendance, item, vote, conclusions, closing; basis, content, force; own.
  source text not null,
  conclusion_id uuid,
  title text not null,
  text text not null,
  version integer not null default 1,
  actor text not null,
  at timestamptz not null,
  removed_at timestamptz,
  primary key (unit_id, document_id, id)
);

-- What a correction replaced.
create table document_paragraph_before (
  unit_id integer not null,
  document_id uuid not null,
  paragraph_id uuid not null,
  version integer not null,
  title text not null,
  text text not null,
  actor text not null,
  at timestamptz not null,
  primary key (unit_id, document_id, paragraph_id, version)
);

create table document_signature (
  unit_id integer not null,
  document_id uuid not null,
  role text not null check (role in ('recorder', 'chair')),
  person_id uuid not null,
  -- As it stands under the document.
  name text not null,
  how text not null check (how in ('typed', 'passkey')),
  digest text not null,
  -- What a passkey answered: anybody can check it against the public key and the digest.
  proof jsonb,
  at timestamptz not null,
  primary key (unit_id, document_id, role),
  check ((how = 'passkey') = (proof is not null))
);

-- Numbers by unit, year and type. A number is never given back: what did not come about stands there with its reason.
create table document_number (
  unit_id integer not null,
  year integer not null check (year between 1900 and 2200),
  type text not null check (type in ('minutes', 'resolution')),
  number integer not null check (number between 1 and 1000000),
  -- Null for a paper that was written outside Đình, or before it.
  document_id uuid,
  subject text not null,
  on_day date not null,
  actor text not null,
  at timestamptz not null,
  void_reason text,
  voided_by text,
  voided_at timestamptz,
  primary key (unit_id, year, type, number),
  check ((void_reason is null) = (voided_at is null))
);
create unique index document_number_of on document_number (unit_id, document_id) where document_id is not null and voided_at is null;

-- Whatever a program or a hand at the database does: signed documents and taken numbers stay.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '%: %', tg_table_name, tg_argv[0] using errcode = 'restrict_violation', constraint = tg_table_name || '_kept';
end $$;

create trigger document_signed before update or delete on document
  for each row when (old.state = 'signed') execute function refuse_change('a signed document does not change');
create trigger document_kept before delete on document
  for each row execute function refuse_change('documents are withdrawn, not deleted');
create trigger document_number_kept before delete on document_number
  for each row execute function refuse_change('a number is voided, not deleted');
create trigger document_number_fixed before update on document_number
  for each row when (old.voided_at is not null or (old.unit_id, old.year, old.type, old.number, old.document_id, old.subject, old.on_day, old.at)
    is distinct from (new.unit_id, new.year, new.type, new.number, new.document_id, new.subject, new.on_day, new.at))
  execute function refuse_change('a number is voided once and otherwise stays');
create trigger document_signature_fixed before update on document_signature
  for each row execute function refuse_change('a signature does not change');

-- The parts of a document stand and fall with it.
create function refuse_change_of_signed() returns trigger language plpgsql as $$
declare
  unit integer := coalesce(new.unit_id, old.unit_id);
  part_of uuid := coalesce(new.document_id, old.document_id);
begin
  if exists (select from document d where d.unit_id = unit and d.id = part_of and d.state = 'signed') then
    raise exception '%: a signed document does not change', tg_table_name
      using errcode = 'restrict_violation', constraint = tg_table_name || '_kept';
  end if;
  return coalesce(new, old);
end $$;
create trigger document_paragraph_signed before insert or update or delete on document_paragraph
  for each row execute function refuse_change_of_signed();
create trigger document_paragraph_before_signed before insert or update or delete on document_paragraph_before
  for each row execute function refuse_change_of_signed();
create trigger document_signature_signed before insert or delete on document_signature
  for each row execute function refuse_change_of_signed();
-- A number whose document is signed stays with it.
create trigger document_number_signed before update on document_number
  for each row when (old.document_id is not null) execute function refuse_change_of_signed();

create trigger document_emptied before truncate on document execute function refuse_change('documents are not emptied');
create trigger document_paragraph_emptied before truncate on document_paragraph execute function refuse_change('documents are not emptied');
create trigger document_signature_emptied before truncate on document_signature execute function refuse_change('documents are not emptied');
create trigger document_number_emptied before truncate on document_number execute function refuse_change('numbers are not emptied');

-- A passkey may sign a document: what it is asked to sign names the document's digest.
alter table passkey_challenge drop constraint passkey_challenge_purpose_check;
alter table passkey_challenge add constraint passkey_challenge_purpose_check check (purpose in ('register', 'sign-in', 'sign'));
