-- What everyone may see: places with codes, papers posted for a time, whom to ask.

-- A place has its code for ever: never changed, never given to another, kept when the place is no more.
create table public_place (
  unit_id integer not null,
  -- Counts the places of a unit; a number is never given twice. Unit and number make the code.
  nth integer not null check (nth > 0),
  code text not null check (code ~ '^[0-9A-HJKMNP-TV-Z]{8}$'),
  kind text not null check (kind in ('unit', 'road', 'family-group', 'culture-house', 'house', 'drive')),
  drive_id uuid,
  check ((kind = 'drive') = (drive_id is not null)),
  -- What there is to say of it beside its name.
  about text not null default '',
  created_on date not null,
  retired_on date check (retired_on >= created_on),
  retired_reason text,
  check ((retired_on is null) = (retired_reason is null)),
  -- Of the printed code: since when it hangs, under which address, and the line of the register of assets that says whether it is kept up.
  printed_on date,
  printed_base text,
  asset_id uuid,
  check (num_nulls(printed_on, printed_base, asset_id) in (0, 3)),
  -- Whether its page answered when that was last tried, and whether somebody saw it in its place.
  answers boolean,
  tried_at timestamptz,
  seen boolean,
  seen_on date,
  primary key (unit_id, nth),
  unique (unit_id, code)
);
create unique index public_place_unit on public_place (unit_id) where kind = 'unit';
create unique index public_place_drive on public_place (unit_id, drive_id) where kind = 'drive';

-- What a place was called from a day on. A unit and a drive are called what they are called elsewhere and have no line here.
create table public_place_name (
  unit_id integer not null,
  nth integer not null,
  from_day date not null,
  name text not null check (name <> ''),
  primary key (unit_id, nth, from_day),
  foreign key (unit_id, nth) references public_place (unit_id, nth)
);

create function public_place_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (new.unit_id, new.nth, new.code, new.kind, new.created_on) is distinct from
    (old.unit_id, old.nth, old.code, old.kind, old.created_on)
    or (old.retired_on is not null and new.retired_on is distinct from old.retired_on) then
    raise exception 'a code stays with its place' using errcode = 'restrict_violation', constraint = 'public_place_kept';
  end if;
  return new;
end $$;
create trigger public_place_kept before update or delete on public_place
  for each row execute function public_place_kept();

-- A paper on the wall: posted on a day, to stay at least until a day. Taken down only with a reason, and the line stays.
create table public_posting (
  unit_id integer not null,
  nth integer not null check (nth > 0),
  kind text not null check (kind in ('resolution', 'decision', 'plan', 'accounts', 'notice', 'other')),
  -- A signed document of the unit, or a paper told by its title, number and issuer, with its bytes where there are any.
  document_id uuid,
  title text not null check (title <> ''),
  number text not null default '',
  issuer text not null default '',
  dated date not null,
  file_digest text references file (digest),
  posted_on date not null,
  stays_until date not null check (stays_until >= posted_on),
  -- What makes it stay so long, in words: "Law 10/2022/QH15, article 13".
  basis text not null default '',
  posted_by text not null,
  withdrawn_on date check (withdrawn_on >= posted_on),
  withdrawn_by text,
  withdrawn_reason text,
  check (num_nulls(withdrawn_on, withdrawn_by, withdrawn_reason) in (0, 3)),
  primary key (unit_id, nth)
);
create index public_posting_standing on public_posting (unit_id, posted_on) where withdrawn_on is null;

-- Whom people may turn to: posts, not names. A telephone number stands here only with its owner's consent of a day.
create table public_contact (
  unit_id integer not null,
  nth integer not null check (nth > 0),
  post text not null check (post <> ''),
  phone text not null default '',
  consent_on date,
  check ((phone <> '') = (consent_on is not null)),
  set_on date not null,
  primary key (unit_id, nth)
);

-- Files are asked for by their digest alone.
create index public_posting_file on public_posting (file_digest) where file_digest is not null;
create index work_photo_file on work_photo (file_digest);
