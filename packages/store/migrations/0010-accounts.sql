-- People over time: a transfer ends the row in one unit and begins one, with the same id, in the next.
alter table person
  add column search text not null default '',
  add column valid_from date not null default '0001-01-01',
  add column valid_to date not null default '9999-12-31',
  add constraint person_interval check (valid_to > valid_from);
create index person_of_unit on person (unit_id, search, id);

-- Which commands carried a person's data: erasing the salts of their digests leaves nothing to guess back from.
create table person_trace (
  unit_id integer not null,
  person_id uuid not null,
  command_id uuid not null,
  primary key (unit_id, person_id, command_id)
);

-- One row, made by the first start. Demo links exist only where demo is true.
create table installation (
  id integer primary key check (id = 1),
  demo boolean not null default false,
  set_up_at timestamptz
);

-- Sign-in. The four tables below are those better-auth works on (version in docs/decisions/0003-sign-in.md); an account's id is the id of
-- its person, so that one account can only ever belong to one person.
create table sign_in_account (
  id uuid primary key,
  unit_id integer not null,
  -- better-auth wants a name and an address: neither is used, and neither holds personal data.
  name text not null default '',
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  username text not null unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table sign_in_credential (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  user_id uuid not null references sign_in_account (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (user_id, provider_id, account_id)
);

create table sign_in_session (
  id text primary key,
  token text not null unique,
  user_id uuid not null references sign_in_account (id) on delete cascade,
  expires_at timestamptz not null,
  -- Stays empty: where a person signs in from is nobody's business.
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index sign_in_session_user on sign_in_session (user_id);
create index sign_in_session_expiry on sign_in_session (expires_at);

create table sign_in_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sign_in_verification_identifier on sign_in_verification (identifier);

create table passkey (
  credential_id text primary key,
  user_id uuid not null references sign_in_account (id) on delete cascade,
  public_key bytea not null,
  counter bigint not null default 0,
  transports text[] not null default '{}',
  rp_id text not null,
  label text not null default '',
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkey_user on passkey (user_id);

-- What a device must sign. The server writes the origin and the party it is for; an answer never says them itself.
create table passkey_challenge (
  challenge text primary key,
  purpose text not null check (purpose in ('register', 'sign-in')),
  -- Person who registers; none when somebody signs in.
  person_id uuid,
  rp_id text not null,
  origin text not null,
  expires_at timestamptz not null
);
create index passkey_challenge_expiry on passkey_challenge (expires_at);

create table invitation (
  token_hash bytea primary key,
  unit_id integer not null,
  person_id uuid not null,
  kind text not null check (kind in ('join', 'recover', 'demo')),
  made_by text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index invitation_person on invitation (person_id);

create table api_token (
  id uuid primary key,
  token_hash bytea not null unique,
  person_id uuid not null,
  label text not null,
  scopes text[] not null,
  made_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_on date,
  revoked_at timestamptz
);
create index api_token_person on api_token (person_id);

-- Failed attempts by key (a digest of a sign-in name or an address) in a window that starts with the first.
create table sign_in_attempt (
  key bytea primary key,
  started_at timestamptz not null,
  failures integer not null
);
