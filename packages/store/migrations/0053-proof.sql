-- Proof of public pages. A unit's sealed versions lie with the unit, so that sealing waits for nobody; now and then the log takes them in, in
-- an order of its own, and a head names its state. The log is the installation's: its rows carry the unit 0.

create table proof_page (
  unit_id integer not null,
  code text not null,
  language text not null check (language in ('vi', 'en', 'ar')),
  version integer not null check (version > 0),
  -- What the leaf was made with: taken away with a page that may not be guessed from its leaf.
  salt bytea check (length(salt) = 16),
  leaf bytea not null check (length(leaf) = 32),
  sealed_at timestamptz not null,
  primary key (unit_id, code, language, version)
);

-- Versions the log has not taken in yet.
create table proof_waiting (
  unit_id integer not null,
  code text not null,
  language text not null,
  version integer not null,
  primary key (unit_id, code, language, version),
  foreign key (unit_id, code, language, version) references proof_page (unit_id, code, language, version)
);

create table proof_log (
  unit_id integer not null check (unit_id = 0),
  place bigint not null check (place >= 0),
  -- Which version it is.
  of_unit integer not null,
  code text not null,
  language text not null,
  version integer not null,
  primary key (unit_id, place),
  unique (unit_id, of_unit, code, language, version)
);

-- Hashes over 2^level leaves, written once when the last of them came; level 0 are the leaves.
create table proof_node (
  unit_id integer not null check (unit_id = 0),
  level integer not null check (level between 0 and 52),
  place bigint not null check (place >= 0),
  hash bytea not null check (length(hash) = 32),
  primary key (unit_id, level, place)
);

create table proof_head (
  unit_id integer not null check (unit_id = 0),
  number integer not null check (number > 0),
  day date not null,
  at timestamptz not null,
  size bigint not null check (size >= 0),
  root bytea not null check (length(root) = 32),
  -- Root over the chains of the journal that grew since the head before that had one: on the first head of a day.
  journal bytea check (length(journal) = 32),
  previous bytea check (length(previous) = 32),
  check ((number = 1) = (previous is null)),
  hash bytea not null check (length(hash) = 32),
  -- What shows that its log begins with the log of the head before.
  consistency bytea[] not null,
  primary key (unit_id, number)
);
create index proof_head_day on proof_head (unit_id, day);

-- Ends of the units' chains under a head, of those that had grown.
create table proof_chain (
  unit_id integer not null,
  head integer not null,
  seq bigint not null,
  hash bytea not null check (length(hash) = 32),
  primary key (unit_id, head)
);
create index proof_chain_head on proof_chain (head);

create function proof_refuse() returns trigger language plpgsql as $$
begin
  -- Only a salt may be taken away.
  if tg_op = 'UPDATE' and tg_table_name = 'proof_page' then
    if new.salt is null and (new.unit_id, new.code, new.language, new.version, new.leaf, new.sealed_at)
      is not distinct from (old.unit_id, old.code, old.language, old.version, old.leaf, old.sealed_at) then
      return new;
    end if;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation', constraint = 'proof_append_only';
end $$;

create function proof_refuse_emptying() returns trigger language plpgsql as $$
declare used boolean;
begin
  execute format('select exists (select from %I)', tg_table_name) into used;
  if used then
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation', constraint = 'proof_append_only';
  end if;
  return null;
end $$;

do $$
declare name text;
begin
  foreach name in array array['page', 'log', 'node', 'head', 'chain'] loop
    execute format('create trigger proof_kept before update or delete on proof_%s
      for each row execute function proof_refuse()', name);
    execute format('create trigger proof_not_emptied before truncate on proof_%s
      for each statement execute function proof_refuse_emptying()', name);
  end loop;
end $$;

create function proof_page_follows() returns trigger language plpgsql as $$
begin
  if new.version <> 1 + coalesce((select max(version) from proof_page
    where unit_id = new.unit_id and code = new.code and language = new.language), 0) then
    raise exception 'version % does not follow', new.version using errcode = 'check_violation', constraint = 'proof_page_follows';
  end if;
  return new;
end $$;
create trigger proof_page_follows before insert on proof_page for each row execute function proof_page_follows();

-- The rules below are asked once for all rows of a statement.
create function proof_log_fits() returns trigger language plpgsql as $$
declare wrong bigint;
begin
  select a.place into wrong from added a
  left join proof_log b on b.unit_id = a.unit_id and b.place = a.place - 1
  left join proof_page p on p.unit_id = a.of_unit and p.code = a.code and p.language = a.language and p.version = a.version
  left join proof_node n on n.unit_id = a.unit_id and n.level = 0 and n.place = a.place
  where (a.place > 0 and b.place is null) or n.hash is distinct from p.leaf
  limit 1;
  if wrong is not null then
    raise exception 'place % of the log does not fit', wrong using errcode = 'check_violation', constraint = 'proof_log_fits';
  end if;
  return null;
end $$;
create trigger proof_log_fits after insert on proof_log
  referencing new table as added for each statement execute function proof_log_fits();

-- Every node is the hash of the two below it.
create function proof_node_fits() returns trigger language plpgsql as $$
declare wrong text;
begin
  select a.level || ' ' || a.place into wrong from added a
  left join proof_node l on l.unit_id = a.unit_id and l.level = a.level - 1 and l.place = 2 * a.place
  left join proof_node r on r.unit_id = a.unit_id and r.level = a.level - 1 and r.place = 2 * a.place + 1
  where a.level > 0 and a.hash is distinct from sha256('\x01'::bytea || l.hash || r.hash)
  limit 1;
  if wrong is not null then
    raise exception 'node % does not fit', wrong using errcode = 'check_violation', constraint = 'proof_node_fits';
  end if;
  return null;
end $$;
create trigger proof_node_fits after insert on proof_node
  referencing new table as added for each statement execute function proof_node_fits();

create function proof_head_follows() returns trigger language plpgsql as $$
declare before proof_head;
begin
  select * into before from proof_head where unit_id = 0 and number < new.number order by number desc limit 1;
  if new.number <> 1 + coalesce(before.number, 0) or new.previous is distinct from before.hash
    or new.size < coalesce(before.size, 0) or new.day < before.day
    or new.size <> (select coalesce(max(place) + 1, 0) from proof_log where unit_id = 0) then
    raise exception 'head % does not follow', new.number using errcode = 'check_violation', constraint = 'proof_head_follows';
  end if;
  return new;
end $$;
create trigger proof_head_follows before insert on proof_head for each row execute function proof_head_follows();
