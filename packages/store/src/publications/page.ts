import type { Day } from '@dinh/domain/kernel';
import type { PlaceKind, PublicLanguage } from '@dinh/domain/publications';
import type { RecognitionEventKind } from '@dinh/domain/recognitions';
import { sql } from 'kysely';
import type { Reader } from '../connection/public.ts';
import {
  type PublishedQuestion,
  publishedChangeOn,
  publishedCountsJson,
  publishedQuestionsJson,
  publishedSurveysJson,
  type QuestionCount,
  type TalliedSurvey,
} from '../questions/public.ts';
import { type PublishedWork, publishedWorksJson } from '../works/public.ts';
import { type PublicBelow, publicBelowJson } from './below.ts';
import { placeName } from './places.ts';
import type { Contact, Posting } from './postings.ts';

const MOST_WORKS = 100;
const MOST_ANSWERS = 5;
const MOST_SURVEYS = 2;
const MOST_BELOW = 60;

export type PublicProgramme = {
  key: string;
  title: string;
  /** Words of the level that was found; null where none is defined. */
  level: string | null;
  period: string;
  decidedOn: Day;
  met: number;
  of: number;
  /** Criteria not met, or met and not kept up. Only where the programme shows its criteria. */
  behind: { title: string; met: boolean }[] | null;
};

export type PublicRecognition = {
  programme: string;
  level: string;
  decidedOn: Day;
  number: string;
  issuer: string;
  last: { kind: RecognitionEventKind; onDay: Day };
};

/** What the database says of a place for everyone; see `readPublicPlace`. */
export type PublicPlace = {
  kind: PlaceKind;
  code: string;
  driveId: string | null;
  name: string;
  about: string;
  retiredOn: Day | null;
  retiredReason: string | null;
  unit: {
    name: string;
    /** Words for its kind by language. */
    kindNames: Record<string, string>;
    line: 'territorial' | 'organisational';
    ends: Day;
    isOver: boolean;
    /** Units above, the nearest first, without the root. */
    above: string[];
    /** The code of the unit's own page, where it has one. */
    code: string | null;
  };
  /** What became of a unit that is no more, to the end: units that stand today, with the codes of their pages. */
  successors: { name: string; code: string | null; effective: Day; kind: string }[];
  programmes: PublicProgramme[];
  recognitions: PublicRecognition[];
  postings: Posting[];
  contacts: Contact[];
  /** What was asked and answered, written anew for everyone, the latest first. */
  questions: PublishedQuestion[];
  /** Null on a page of another place than a unit. */
  below: PublicBelow | null;
  /** Codes in use by kind of place, and printed ones that fail. */
  codes: { kind: PlaceKind; places: number; printed: number; failing: number }[];
  /** What was built, those under way first. */
  works: PublishedWork[];
  /** Codes of drives that have one. */
  drives: { id: string; code: string }[];
  /** Day of the last change among all of this, and in the book of contributions. */
  changedOn: Day;
  /** Raised by every command in the unit. */
  stamp: string;
};

/** A place with counts that are not for everyone before small ones are left out. */
export type CountedPlace = PublicPlace & {
  surveys: TalliedSurvey[];
  /** Questions of the span asked for; null where the unit does not publish their figures. */
  asked: QuestionCount[] | null;
};

const words = (language: PublicLanguage, key: ReturnType<typeof sql>) => sql`
  coalesce(k.strings -> ${language}::text ->> (${key}), k.strings -> 'vi' ->> (${key}), k.strings -> 'en' ->> (${key}))`;

/**
 * Everything a public page says of a place and its unit besides what was given, in one statement. Only verified sheets, only
 * what the programme lets everyone see, nothing of persons.
 * @returns null where no place has this number
 */
export async function readPublicPlace(
  db: Reader,
  wanted: { unitId: number; nth: number; language: PublicLanguage; day: Day; askedWithin: { from: Day; to: Day } },
): Promise<CountedPlace | null> {
  const { unitId, nth, language, day, askedWithin } = wanted;
  const { rows } = await sql<CountedPlace>`
    with recursive p as (
      select * from public_place where unit_id = ${unitId} and nth = ${nth}
    ), u as (
      select n.id, n.line, min(v.valid_from) as founded, max(v.valid_to) as ends,
        greatest(min(v.valid_from), least(${day}::date, max(v.valid_to) - 1)) as at
      from unit n join unit_version v on v.unit_id = n.id where n.id = ${unitId} group by n.id, n.line
    ), above (id, height) as (
      select q.parent_id, 1 from u join unit_parent q on q.unit_id = u.id and q.valid_from <= u.at and q.valid_to > u.at
      union all
      select q.parent_id, a.height + 1 from above a cross join u
      join unit_parent q on q.unit_id = a.id and q.valid_from <= u.at and q.valid_to > u.at
      where a.height < 64
    ), after (id, effective, kind, height) as (
      select l.to_unit, l.effective, l.kind, 1 from u join unit_lineage l on l.from_unit = u.id and l.to_unit is not null
        and l.kind in ('merge', 'split') and l.effective <= ${day}::date
      where u.ends <= ${day}::date
      union
      select l.to_unit, l.effective, l.kind, a.height + 1 from after a
      join unit_lineage l on l.from_unit = a.id and l.to_unit is not null and l.kind in ('merge', 'split') and l.effective <= ${day}::date
      where a.height < 16 and not exists (
        select from unit_version v where v.unit_id = a.id and v.valid_from <= ${day}::date and v.valid_to > ${day}::date)
    ), sheet as (
      select d.programme_id, o.key, a.period, a.verified_level, a.decided_at, k.content, k.strings
      from adoption d join programme o on o.id = d.programme_id
      cross join lateral (
        select * from assessment a where a.unit_id = d.unit_id and a.programme_id = d.programme_id and a.state in ('accepted', 'locked')
        order by a.period_end desc limit 1
      ) a
      join pack k on k.programme_id = a.programme_id and k.version = a.pack_version
      where d.unit_id = ${unitId} and d.valid_from <= ${day} and d.valid_to > ${day}
        and k.content -> 'publication' -> 'shows' ?| array['level', 'criteria']
        and (k.content -> 'publication' ->> 'from' <> 'locked' or a.state = 'locked')
    ), given_value as (
      select s.programme_id, c.place, c.item, coalesce(${words(language, sql`'criteria.' || (c.item ->> 'id') || '.title'`)}, c.item ->> 'id') as title,
        v.verified_met as met, v.verified_sustained as sustained
      from sheet s
      cross join lateral (select s.strings) k
      cross join lateral jsonb_array_elements(s.content -> 'criteria') with ordinality c (item, place)
      join criterion r on r.programme_id = s.programme_id and r.key = c.item ->> 'id'
      join assessment_value v on v.unit_id = ${unitId} and v.programme_id = s.programme_id and v.period = s.period and v.criterion_id = r.id
      where v.verified_met is not null and coalesce(c.item ->> 'dataClass', 'public') not in ('personal', 'sensitive')
    ), recognised as (
      select o.key, r.level, r.decided_on, f.decision_number, f.issuer, l.kind, l.on_day,
        coalesce(${words(language, sql`'title'`)}, o.key) as title, ${words(language, sql`'levels.' || r.level || '.title'`)} as level_title
      from recognition r join programme o on o.id = r.programme_id
      join lateral (select * from pack k where k.programme_id = r.programme_id order by k.valid_from desc limit 1) k on true
      join recognition_event f on f.unit_id = r.unit_id and f.programme_id = r.programme_id and f.seq = r.seq and f.nth = 1
      join lateral (select kind, on_day from recognition_event e
        where e.unit_id = r.unit_id and e.programme_id = r.programme_id and e.seq = r.seq order by e.nth desc limit 1) l on true
      where r.unit_id = ${unitId} and k.content -> 'publication' -> 'shows' ? 'recognition'
      order by r.decided_on desc limit 20
    ), wall as (
      select * from public_posting t where t.unit_id = ${unitId} and (t.withdrawn_on is null or t.stays_until >= ${day}::date)
      order by t.withdrawn_on is not null, t.posted_on desc, t.nth desc limit 30
    )
    select p.kind, p.code, p.drive_id as "driveId", ${placeName(day)} as name, p.about, p.retired_on as "retiredOn",
      p.retired_reason as "retiredReason",
      (select json_build_object('name', v.name, 'kindNames', n.names, 'line', u.line, 'ends', u.ends, 'isOver', u.ends <= ${day}::date,
        'above', coalesce((select json_agg(b.name order by a.height) from above a
          join unit_version b on b.unit_id = a.id and b.valid_from <= u.at and b.valid_to > u.at
          where a.height < (select max(height) from above)), '[]'),
        'code', (select q.code from public_place q where q.unit_id = u.id and q.kind = 'unit' and q.retired_on is null))
        from u join unit_version v on v.unit_id = u.id and v.valid_from <= u.at and v.valid_to > u.at join unit_kind n on n.key = v.kind) as unit,
      coalesce((select json_agg(json_build_object('name', v.name, 'effective', a.effective, 'kind', a.kind,
        'code', (select q.code from public_place q where q.unit_id = a.id and q.kind = 'unit' and q.retired_on is null)) order by v.name)
        from after a join unit_version v on v.unit_id = a.id and v.valid_from <= ${day}::date and v.valid_to > ${day}::date), '[]') as successors,
      coalesce((select json_agg(json_build_object('key', s.key, 'title', coalesce(${words(language, sql`'title'`)}, s.key),
        'level', case when s.content -> 'publication' -> 'shows' ? 'level' then ${words(language, sql`'levels.' || s.verified_level || '.title'`)} end,
        'period', s.period, 'decidedOn', s.decided_at::date,
        'met', (select count(*) from given_value g where g.programme_id = s.programme_id and g.met),
        'of', (select count(*) from given_value g where g.programme_id = s.programme_id),
        'behind', case when s.content -> 'publication' -> 'shows' ? 'criteria' then coalesce((
          select json_agg(json_build_object('title', g.title, 'met', g.met) order by g.place) from given_value g
          where g.programme_id = s.programme_id and (not g.met or g.sustained = false)), '[]') end) order by s.decided_at desc, s.key)
        from sheet s cross join lateral (select s.strings) k), '[]') as programmes,
      coalesce((select json_agg(json_build_object('programme', r.title, 'level', coalesce(r.level_title, r.level), 'decidedOn', r.decided_on,
        'number', coalesce(r.decision_number, ''), 'issuer', coalesce(r.issuer, ''), 'last', json_build_object('kind', r.kind, 'onDay', r.on_day))
        order by r.decided_on desc) from recognised r), '[]') as recognitions,
      coalesce((select json_agg(json_build_object('nth', t.nth, 'kind', t.kind, 'documentId', t.document_id, 'title', t.title,
        'number', t.number, 'issuer', t.issuer, 'dated', t.dated, 'file', t.file_digest, 'postedOn', t.posted_on,
        'staysUntil', t.stays_until, 'basis', t.basis, 'withdrawnOn', t.withdrawn_on, 'withdrawnReason', t.withdrawn_reason)
        order by t.withdrawn_on is not null, t.posted_on desc, t.nth desc) from wall t), '[]') as postings,
      coalesce((select json_agg(json_build_object('post', c.post, 'phone', c.phone, 'consentOn', c.consent_on) order by c.nth)
        from public_contact c where c.unit_id = ${unitId}), '[]') as contacts,
      coalesce((select json_agg(json_build_object('kind', q.kind, 'places', q.places, 'printed', q.printed, 'failing', q.failing) order by q.kind)
        from (select kind, count(*) as places, count(printed_on) as printed,
            count(*) filter (where printed_on is not null and (answers = false or seen = false)) as failing
          from public_place q where q.unit_id = ${unitId} and q.retired_on is null group by kind) q), '[]') as codes,
      coalesce((select json_agg(json_build_object('id', q.drive_id, 'code', q.code)) from public_place q
        where q.unit_id = ${unitId} and q.kind = 'drive' and q.retired_on is null), '[]') as drives,
      ${publishedWorksJson(unitId, MOST_WORKS)} as works,
      case when p.kind = 'unit' then ${publicBelowJson({ unitId, language, day, most: MOST_BELOW })} end as below,
      ${publishedQuestionsJson(unitId, MOST_ANSWERS)} as questions,
      ${publishedSurveysJson(unitId, MOST_SURVEYS)} as surveys,
      ${publishedCountsJson(unitId, askedWithin, day)} as asked,
      greatest(p.created_on, p.retired_on, (select founded from u), (select max(decided_at)::date from sheet), (select max(on_day) from recognised),
        (select max(greatest(posted_on, withdrawn_on)) from wall), (select max(set_on) from public_contact c where c.unit_id = ${unitId}),
        (select max(q.published_on) from question q where q.unit_id = ${unitId} and q.published_on is not null), ${publishedChangeOn(unitId, day)},
        (select e.recorded_at::date from contribution_entry e where e.unit_id = ${unitId} order by e.seq desc limit 1),
        (select max(n.from_day) from public_place_name n where n.unit_id = ${unitId} and n.nth = ${nth} and n.from_day <= ${day}::date),
        (select max(valid_from) from unit_version v where v.unit_id = ${unitId} and v.valid_from <= ${day}::date)) as "changedOn",
      coalesce((select seq::text from journal_head h where h.unit_id = ${unitId}), '0') as stamp
    from p`.execute(db);
  return rows[0] ?? null;
}

/** Raised by every command in a unit; one row by its key. */
export async function readStamp(db: Reader, unitId: number): Promise<string> {
  const { rows } = await sql<{ seq: string }>`
    select seq::text from journal_head where unit_id = ${unitId}`.execute(db);
  return rows[0]?.seq ?? '0';
}
