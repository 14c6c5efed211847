-- How a person lets Đình reach them, what is to be told to whom, and what was told. Nobody is reached without having chosen it.
create table reminder_choice (
  -- The unit the person belongs to; it goes along when they do.
  unit_id integer not null,
  person_id uuid not null,
  language text not null check (language in ('vi', 'en', 'ar')),
  -- Of the installation's own clock; equal hours mean that none are quiet.
  quiet_from time not null,
  quiet_until time not null,
  -- Personal data. Nothing but the question whether it is theirs goes there until it is confirmed.
  mail_address text,
  mail_asked_at timestamptz,
  -- What the link of that question carries; gone when it was answered.
  mail_secret text,
  mail_confirmed_at timestamptz,
  -- What the link that ends all mail carries: it can do nothing else.
  mail_stop text,
  changed_at timestamptz not null,
  primary key (unit_id, person_id),
  check ((mail_address is null) = (mail_asked_at is null) and (mail_address is null) = (mail_stop is null)),
  check (mail_address is not null or (mail_secret is null and mail_confirmed_at is null))
);
create index reminder_choice_person on reminder_choice (person_id);
-- Links out of mail lead to a person who may have moved to another unit.
create index reminder_choice_secret on reminder_choice (mail_secret) where mail_secret is not null;
create index reminder_choice_stop on reminder_choice (mail_stop) where mail_stop is not null;

-- A device that takes messages. Its address and keys are personal data.
create table reminder_device (
  unit_id integer not null,
  person_id uuid not null,
  id uuid not null,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  -- Browser and system, as people know them.
  label text not null,
  added_at timestamptz not null,
  primary key (unit_id, person_id, id)
);
create index reminder_device_person on reminder_device (person_id);
create index reminder_device_endpoint on reminder_device (md5(endpoint));

-- Something happened that people are to be told. Written in the transaction in which it happened; who is told is worked out later, so
-- that a hall of people costs the command nothing. The same matter twice in a short while is one.
create table reminder_event (
  unit_id integer not null,
  kind text not null,
  matter_id uuid not null,
  id uuid not null,
  -- Whoever did it need not be told.
  actor uuid,
  at timestamptz not null,
  due_at timestamptz not null,
  primary key (unit_id, kind, matter_id)
);
create index reminder_event_due on reminder_event (due_at);

-- One message: a person, a matter, a moment of it, one way to reach them. The key is why nobody is told twice.
create table reminder (
  unit_id integer not null,
  person_id uuid not null,
  kind text not null,
  matter_id uuid not null,
  -- Which moment: the hour of the meeting, the day of the deadline, the event.
  about text not null,
  -- `mail`, or the id of a device.
  channel text not null,
  due_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'moot', 'failed')),
  tries integer not null default 0,
  -- Until then a process is at it; a process that died lets go by itself.
  claimed_until timestamptz,
  -- Why it did not arrive, as a code.
  code text,
  ended_at timestamptz,
  primary key (unit_id, person_id, kind, matter_id, about, channel),
  check ((state = 'waiting') = (ended_at is null))
);
create index reminder_waiting on reminder (due_at) where state = 'waiting';
create index reminder_person on reminder (person_id);
create index reminder_ended on reminder (ended_at) where ended_at is not null;

-- One row (unit 0, the installation): up to when moments were looked for.
create table reminder_watch (
  unit_id integer primary key,
  meetings_until timestamptz not null,
  tasks_day date not null
);

-- One row (unit 0): the key by which push services know this installation (RFC 8292). Raw P-256 numbers in base64url.
create table reminder_key (
  unit_id integer primary key,
  public_key text not null,
  private_key text not null,
  made_at timestamptz not null
);

create index meeting_called on meeting (starts_at) where state = 'planned' and called_at is not null;
create index task_due on task (deadline) where state in ('approved', 'in-progress');
