import type { Day } from '@dinh/domain/kernel';
import { type RawBuilder, sql } from 'kysely';
import type { Reader, Tx } from '../connection/public.ts';

export type Classification = {
  unitId: number;
  programmeId: number;
  programme: string;
  period: string;
  packVersion: string;
  state: 'proposed' | 'decided' | 'appealed';
  proposedLevel: string | null;
  proposedPoints: string | null;
  inputs: unknown;
  inputsDigest: string;
  result: unknown;
  proposedAt: Date;
  decidedLevel: string | null;
  decidedOn: Day | null;
  decisionNumber: string | null;
  decidedReason: string | null;
  appealReason: string | null;
  revision: number;
};

export type ClassificationEvent = {
  kind: 'proposed' | 'decided' | 'appealed';
  at: Date;
  by: string;
  level: string | null;
  reason: string | null;
  inputsDigest: string;
};

type Key = { unitId: number; programmeId: number; period: string };
type Mark = { at: Date; actor: string; level: string | null; reason: string | null; inputsDigest: string };

const columns = sql`
  c.unit_id as "unitId", c.programme_id as "programmeId", p.key as programme, c.period, c.pack_version as "packVersion", c.state,
  c.proposed_level as "proposedLevel", c.proposed_points as "proposedPoints", c.inputs, c.inputs_digest as "inputsDigest", c.result,
  c.proposed_at as "proposedAt", c.decided_level as "decidedLevel", c.decided_on as "decidedOn", c.decision_number as "decisionNumber",
  c.decided_reason as "decidedReason", c.appeal_reason as "appealReason", c.revision
  from classification c join programme p on p.id = c.programme_id`;

/** One classification, held until the commit when `lock`. */
export async function findClassification(
  db: Reader,
  key: { unitId: number; programme: string; period: string },
  lock: boolean,
): Promise<Classification | null> {
  const { rows } = await sql<Classification>`
    select ${columns} where c.unit_id = ${key.unitId} and p.key = ${key.programme} and c.period = ${key.period}
    ${lock ? sql`for update of c` : sql``}`.execute(db);
  return rows[0] ?? null;
}

/** Classifications of a unit, the latest period first. */
export async function listClassifications(db: Reader, unitId: number): Promise<Classification[]> {
  const { rows } = await sql<Classification>`
    select ${columns} where c.unit_id = ${unitId} order by c.period_end desc, p.key limit 200`.execute(db);
  return rows;
}

async function written(tx: Tx, key: Key, kind: ClassificationEvent['kind'], mark: Mark, write: RawBuilder<unknown>) {
  await sql`
    with written as (${write} returning unit_id, programme_id, period, revision)
    insert into classification_event (unit_id, programme_id, period, seq, kind, at, actor, level, reason, inputs_digest)
    select unit_id, programme_id, period, revision, ${kind}, ${mark.at}, ${mark.actor}, ${mark.level}, ${mark.reason}, ${mark.inputsDigest}
    from written where unit_id = ${key.unitId}`.execute(tx);
}

const place = (key: Key) =>
  sql`unit_id = ${key.unitId} and programme_id = ${key.programmeId} and period = ${key.period}`;

/** Writes a proposal, or another one in place of an earlier one; the history keeps both. */
export async function proposeClassification(
  tx: Tx,
  proposal: Key & {
    periodEnd: Day;
    packVersion: string;
    level: string | null;
    points: string | null;
    inputs: unknown;
    inputsDigest: string;
    result: unknown;
    at: Date;
    actor: string;
  },
): Promise<void> {
  await written(
    tx,
    proposal,
    'proposed',
    { ...proposal, reason: null },
    sql`
      insert into classification (unit_id, programme_id, period, period_end, pack_version, state, proposed_level, proposed_points, inputs,
        inputs_digest, result, proposed_at)
      values (${proposal.unitId}, ${proposal.programmeId}, ${proposal.period}, ${proposal.periodEnd}, ${proposal.packVersion}, 'proposed',
        ${proposal.level}, ${proposal.points}, ${JSON.stringify(proposal.inputs)}::jsonb, ${proposal.inputsDigest},
        ${JSON.stringify(proposal.result)}::jsonb, ${proposal.at})
      on conflict (unit_id, programme_id, period) do update set pack_version = excluded.pack_version, state = 'proposed',
        proposed_level = excluded.proposed_level, proposed_points = excluded.proposed_points, inputs = excluded.inputs,
        inputs_digest = excluded.inputs_digest, result = excluded.result, proposed_at = excluded.proposed_at,
        revision = classification.revision + 1`,
  );
}

export async function decideClassification(
  tx: Tx,
  decision: Key & Omit<Mark, 'level'> & { level: string; on: Day; number: string | null },
): Promise<void> {
  await written(
    tx,
    decision,
    'decided',
    decision,
    sql`
      update classification set state = 'decided', decided_level = ${decision.level}, decided_on = ${decision.on},
        decision_number = ${decision.number}, decided_reason = ${decision.reason}, appeal_reason = null, revision = revision + 1
      where ${place(decision)}`,
  );
}

/** Takes the decision back into the open; its level stays in the history. */
export async function reopenClassification(tx: Tx, appeal: Key & Mark): Promise<void> {
  await written(
    tx,
    appeal,
    'appealed',
    appeal,
    sql`
      update classification set state = 'appealed', decided_level = null, decided_on = null, decision_number = null, decided_reason = null,
        appeal_reason = ${appeal.reason}, revision = revision + 1
      where ${place(appeal)}`,
  );
}

/** What happened to a classification, oldest first. `by` is a person's name, or empty. */
export async function readClassificationEvents(db: Reader, key: Key): Promise<ClassificationEvent[]> {
  const { rows } = await sql<ClassificationEvent>`
    select e.kind, e.at, coalesce(n.name, '') as by, e.level, e.reason, e.inputs_digest as "inputsDigest"
    from classification_event e
    left join lateral (select name from person where id = case when e.actor ~ '^[0-9a-f-]{36}$' then e.actor::uuid end limit 1) n on true
    where ${place(key)} order by e.seq`.execute(db);
  return rows;
}

export type CandidateLine = {
  unitId: number;
  unit: string;
  kind: string;
  /** Null where nobody has proposed yet. */
  state: Classification['state'] | null;
  proposedLevel: string | null;
  decidedLevel: string | null;
  points: string | null;
};

/** Units below a unit that run a programme on a day, with their classification of a period; those that wait for a decision first. */
export async function listCandidates(
  db: Reader,
  wanted: { aboveId: number; programmeId: number; period: string; day: Day; limit: number },
): Promise<CandidateLine[]> {
  const { day } = wanted;
  const { rows } = await sql<CandidateLine>`
    with recursive below (unit_id, depth) as (
      select unit_id, 1 from unit_parent where parent_id = ${wanted.aboveId} and valid_from <= ${day} and valid_to > ${day}
      union all
      select c.unit_id, b.depth + 1 from below b
      join unit_parent c on c.parent_id = b.unit_id and c.valid_from <= ${day} and c.valid_to > ${day}
      where b.depth < 64
    )
    select b.unit_id as "unitId", v.name as unit, v.kind, c.state, c.proposed_level as "proposedLevel",
      c.decided_level as "decidedLevel", c.proposed_points as points
    from below b
    join adoption d on d.unit_id = b.unit_id and d.programme_id = ${wanted.programmeId} and d.valid_from <= ${day} and d.valid_to > ${day}
    join unit_version v on v.unit_id = b.unit_id and v.valid_from <= ${day} and v.valid_to > ${day}
    left join classification c on c.unit_id = b.unit_id and c.programme_id = ${wanted.programmeId} and c.period = ${wanted.period}
    order by case c.state when 'appealed' then 0 when 'proposed' then 1 when 'decided' then 3 else 2 end, v.search, b.unit_id
    limit ${wanted.limit}`.execute(db);
  return rows;
}
