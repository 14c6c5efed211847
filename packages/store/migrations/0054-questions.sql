-- What residents ask, suggest and report; and what households say of a programme. Nobody is known by it: no account, no address, no profile.

create table question (
  unit_id integer not null,
  id uuid not null,
  -- Counts the questions of a unit within a year: what people name it by.
  year integer not null,
  number integer not null check (number > 0),
  kind text not null check (kind in ('question', 'suggestion', 'report')),
  -- By the person at the public page, by a member for them, or typed from a paper.
  way text not null check (way in ('page', 'assisted', 'paper')),
  assisted_by text,
  check ((way = 'page') = (assisted_by is null)),
  -- The public page it was asked at.
  code text,
  language text not null check (language in ('vi', 'en', 'ar')),
  text text not null check (text <> ''),
  -- How to reach them, if they gave it: gone with the answer.
  contact text check (contact <> ''),
  -- Digest of the code with which the answer is seen.
  receipt bytea not null check (length(receipt) = 32),
  may_publish boolean not null,
  asked_at timestamptz not null,
  asked_on date not null,
  -- Whoever is to answer; the unit's secretary while it is null.
  owner uuid,
  due_on date not null,
  due_reason text,
  -- passed-on: answered by saying who is to be asked instead.
  state text not null default 'open' check (state in ('open', 'answered', 'passed-on')),
  answer text,
  answered_on date,
  answered_by text,
  check ((state = 'open') = (num_nonnulls(answer, answered_on, answered_by) = 0)),
  check (state = 'open' or num_nonnulls(answer, answered_on, answered_by) = 3),
  check (state = 'open' or contact is null),
  -- Both written anew, without anything personal, and only where the asker allowed it.
  published_question text,
  published_answer text,
  published_on date,
  check (num_nonnulls(published_question, published_answer, published_on) in (0, 3)),
  check (published_on is null or (may_publish and state <> 'open')),
  primary key (unit_id, id),
  unique (unit_id, year, number),
  unique (unit_id, receipt)
);
create index question_open on question (unit_id, due_on) where state = 'open';
create index question_published on question (unit_id, published_on) where published_on is not null;

-- Working days for an answer, by kind, from a day on: what the unit, or one above it, promised.
create table question_rule (
  unit_id integer not null,
  kind text not null check (kind in ('question', 'suggestion', 'report')),
  from_day date not null,
  working_days integer not null check (working_days between 1 and 250),
  primary key (unit_id, kind, from_day)
);

-- How many came from an address on a day. The address is hashed with a key that lives one day: nobody can turn it back, or tell one day's
-- from another's.
create table question_key (
  unit_id integer not null check (unit_id = 0),
  day date not null,
  key bytea not null check (length(key) = 32),
  primary key (unit_id, day)
);
create table question_from (
  unit_id integer not null,
  day date not null,
  address bytea not null,
  asked integer not null check (asked > 0),
  primary key (unit_id, day, address)
);

-- What households are asked of a programme. Codes on paper, one for a household, shuffled: nobody writes down who got which.
create table survey (
  unit_id integer not null,
  id uuid not null,
  title text not null,
  -- [{"id": "a", "text": "…"}]
  questions jsonb not null,
  households integer not null check (households >= 5),
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  closed_on date,
  opened_by text not null,
  primary key (unit_id, id)
);
-- A code goes when it is used: no row tells that it was, when, or with which answer.
create table survey_code (
  unit_id integer not null,
  survey_id uuid not null,
  code bytea not null check (length(code) = 32),
  primary key (unit_id, survey_id, code),
  foreign key (unit_id, survey_id) references survey (unit_id, id)
);
-- Sums only. "none" is a question left out.
create table survey_tally (
  unit_id integer not null,
  survey_id uuid not null,
  question text not null,
  choice text not null check (choice in ('1', '2', '3', '4', '5', 'none')),
  answers integer not null check (answers >= 0),
  primary key (unit_id, survey_id, question, choice),
  foreign key (unit_id, survey_id) references survey (unit_id, id)
);
