-- A unit's own way of meeting: the fixed day, the hour and place that suit those who come, and what it asks of a meeting.
create table meeting_habit (
  unit_id integer primary key,
  -- Either a day of the month (its last day where it has no such day) or the nth weekday of the month (1 Monday … 7 Sunday; 5th = last).
  month_day integer check (month_day between 1 and 31),
  weekday integer check (weekday between 1 and 7),
  nth integer check (nth between 1 and 5),
  check ((month_day is null) <> (weekday is null) and (weekday is null) = (nth is null)),
  -- Of the installation's own clock.
  at time not null,
  place text not null,
  minutes integer not null check (minutes between 1 and 1440),
  -- Month of the quarter (1 to 3) in which the thematic meeting is held.
  thematic_month integer not null default 2 check (thematic_month between 1 and 3),
  -- How many days ahead documents must be there.
  documents_days integer not null default 1 check (documents_days between 0 and 60),
  -- {"parts": 1, "of": 2, "strict": true}: more than half of those who may vote; not strict: at least.
  quorum jsonb not null default '{"parts": 1, "of": 2, "strict": true}'
);

create table meeting (
  unit_id integer not null,
  id uuid not null,
  kind text not null check (kind in ('regular', 'thematic', 'extraordinary', 'committee', 'village')),
  -- Empty: its kind and month say it all.
  title text not null,
  starts_at timestamptz not null,
  -- The day of starts_at by the installation's clock: posts of this day decide who belongs to it.
  on_day date not null,
  place text not null,
  minutes integer not null check (minutes between 1 and 1440),
  state text not null check (state in ('planned', 'open', 'closed', 'signed', 'cancelled')),
  -- Households are counted by session, people by name.
  counts text not null check (counts in ('people', 'households')),
  quorum jsonb not null,
  documents_days integer not null,
  chair uuid,
  recorder uuid,
  planned_by text not null,
  planned_at timestamptz not null,
  -- When the invitation went out.
  called_at timestamptz,
  opened_at timestamptz,
  closed_at timestamptz,
  signed_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason text,
  -- What a code shown in the room says: whoever has it is in the room. Made when the meeting opens.
  check_in text,
  -- Held when it opened: documents attached till then, and how many of them came too late.
  documents integer,
  documents_late integer,
  -- Figures of the roll when it closed: members, exempt, present, excused, unexcused, elsewhere, voters, votersPresent, quorum.
  roll jsonb,
  -- Raised by every write to the meeting; live pages ask for what is newer than what they have.
  revision bigint not null default 1,
  -- The revision of the last write that was not of the roll alone.
  content bigint not null default 1,
  primary key (unit_id, id)
);
create index meeting_day on meeting (unit_id, on_day);

-- A village meets cluster by cluster: each sitting counts households, and their sums are the meeting's.
create table meeting_session (
  unit_id integer not null,
  meeting_id uuid not null,
  id uuid not null,
  name text not null,
  starts_at timestamptz not null,
  place text not null,
  households integer not null check (households between 0 and 1000000),
  -- Null until it is counted.
  present integer check (present between 0 and households),
  counted_by text,
  counted_at timestamptz,
  version integer not null default 1,
  primary key (unit_id, meeting_id, id)
);

-- What the committee agreed before the meeting, and the draft resolution it lays before it.
create table meeting_preparation (
  unit_id integer not null,
  meeting_id uuid not null,
  held_on date not null,
  agreed text not null,
  draft text not null,
  actor text not null,
  at timestamptz not null,
  version integer not null default 1,
  primary key (unit_id, meeting_id)
);

create table meeting_item (
  unit_id integer not null,
  meeting_id uuid not null,
  id uuid not null,
  -- Order on the agenda; null while it is only proposed or was declined.
  place integer,
  state text not null check (state in ('proposed', 'agreed', 'declined')),
  title text not null,
  kind text not null check (kind in ('inform', 'discuss', 'decide', 'score')),
  owner uuid,
  minutes integer check (minutes between 1 and 1440),
  proposed_by uuid,
  -- Running notes of the recorder, and how many spoke; each save raises the version.
  notes text not null default '',
  opinions integer not null default 0 check (opinions >= 0),
  version integer not null default 1,
  noted_by text,
  noted_at timestamptz,
  begun_at timestamptz,
  ended_at timestamptz,
  primary key (unit_id, meeting_id, id)
);

-- Notes are never lost: what a save replaced stays here.
create table meeting_note (
  unit_id integer not null,
  meeting_id uuid not null,
  item_id uuid not null,
  version integer not null,
  notes text not null,
  actor text,
  at timestamptz,
  primary key (unit_id, meeting_id, item_id, version)
);

create table meeting_document (
  unit_id integer not null,
  meeting_id uuid not null,
  id uuid not null,
  item_id uuid,
  file_digest text not null references file (digest),
  title text not null,
  added_by text not null,
  added_at timestamptz not null,
  removed_at timestamptz,
  primary key (unit_id, meeting_id, id)
);
create index meeting_document_file on meeting_document (unit_id, file_digest);

create table meeting_comment (
  unit_id integer not null,
  meeting_id uuid not null,
  id uuid not null,
  item_id uuid,
  person_id uuid not null,
  text text not null,
  at timestamptz not null,
  primary key (unit_id, meeting_id, id)
);

-- Whether somebody means to come; the class of a reason only, never its words.
create table meeting_intention (
  unit_id integer not null,
  meeting_id uuid not null,
  person_id uuid not null,
  coming boolean not null,
  reason text check (reason in ('health', 'work', 'travel', 'family', 'other')),
  at timestamptz not null,
  primary key (unit_id, meeting_id, person_id),
  check (not coming or reason is null)
);

-- The roll, written when the meeting opens from the posts of its day.
create table meeting_attendance (
  unit_id integer not null,
  meeting_id uuid not null,
  person_id uuid not null,
  -- False for a probationary member: speaks, does not vote.
  votes boolean not null,
  state text not null check (state in ('expected', 'present', 'excused', 'unexcused', 'exempt', 'elsewhere')),
  reason text check (reason in ('health', 'work', 'travel', 'family', 'other')),
  arrived_at timestamptz,
  left_at timestamptz,
  actor text,
  -- The meeting's revision when this line was last written.
  revision bigint not null,
  primary key (unit_id, meeting_id, person_id),
  check (reason is null or state = 'excused'),
  check (arrived_at is null or state = 'present'),
  check (left_at is null or arrived_at is not null)
);
create index meeting_attendance_revision on meeting_attendance (unit_id, meeting_id, revision);

-- Somebody from the level above who observes, or a guest: in the minutes, in no count.
create table meeting_guest (
  unit_id integer not null,
  meeting_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('observer', 'guest')),
  name text not null,
  from_where text not null,
  primary key (unit_id, meeting_id, id)
);

create table meeting_conclusion (
  unit_id integer not null,
  meeting_id uuid not null,
  id uuid not null,
  place integer not null,
  item_id uuid,
  text text not null,
  version integer not null default 1,
  actor text not null,
  at timestamptz not null,
  removed_at timestamptz,
  primary key (unit_id, meeting_id, id)
);

-- A person's secret address of a unit's calendar: only a digest of the secret is kept.
create table meeting_feed (
  unit_id integer not null,
  person_id uuid not null,
  digest text not null,
  made_at timestamptz not null,
  primary key (unit_id, person_id)
);
create unique index meeting_feed_digest on meeting_feed (unit_id, digest);
