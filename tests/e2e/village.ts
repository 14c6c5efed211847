import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Post } from '@dinh/domain/access';
import { addDays, dayOf, periodEnd, periodOf, shiftPeriod } from '@dinh/domain/kernel';
import { type Actor, execute, type Operation, type Services } from '@dinh/operations/kernel';
import { addMember } from '@dinh/operations/people';
import {
  accept,
  addEvidence,
  addPack,
  adopt,
  openSheet,
  recordValues,
  submit,
  verify,
} from '@dinh/operations/programmes';
import { createUnit, defineKind } from '@dinh/operations/units';
import type { z } from 'zod';

export const MODEL = 'model-residential-area';
export const FOUR_GOOD = 'four-good-cell';
const SINCE = '2025-08-01';

export interface Person {
  personId: string;
  unitId: number;
  unit: string;
}

export interface Village {
  /** The month all of it is about: the last whole one. */
  period: string;
  nation: number;
  province: Person;
  commune: Person;
  /** Sheets of the month: open and half filled; sent with a change; sent as before; not opened. */
  villages: [Person, Person, Person, Person];
  cell: Person;
}

const kinds = [
  ['nation', 'territorial', 0, 'cả nước', 'nation', 'الدولة'],
  ['province', 'territorial', 10, 'tỉnh', 'province', 'مقاطعة'],
  ['commune', 'territorial', 30, 'xã', 'commune', 'بلدية'],
  ['village', 'territorial', 40, 'thôn', 'village', 'قرية'],
  ['commune-committee', 'organisational', 30, 'đảng ủy xã', 'commune committee', 'لجنة البلدية'],
  ['cell', 'organisational', 40, 'chi bộ', 'cell', 'خلية'],
] as const;

type Answer = { value: boolean | { numerator: number; denominator: number }; sustained?: boolean };

const met = (sustained = true): Answer => ({ value: true, sustained });
const ten = [
  'housing',
  'gardens',
  'fences',
  'roads',
  'culture_house',
  'electricity',
  'culture_education_health',
  'sanitation',
  'security_order',
  'law_conventions',
];

/** The least that is a PDF by its bytes. */
const page = Buffer.from('%PDF-1.4\n% minutes of a village that exists only here\n%%EOF\n').toString('base64');

/** What a village that has everything answers. */
export const everything: Record<string, Answer> = {
  ...Object.fromEntries(ten.map((id) => [id, met()])),
  commune_criteria: { value: { numerator: 12, denominator: 12 } },
};

/** A small country played through operations: one commune with four villages and a cell, in the last whole month. */
export async function plantVillage(services: Services): Promise<Village> {
  const today = dayOf((services.clock ?? (() => new Date()))());
  const period = shiftPeriod(periodOf('month', today), -1);
  const before = shiftPeriod(period, -1);
  const system: Actor = { kind: 'system', label: 'cli' };

  async function at<Input extends z.ZodType, Output>(
    day: string,
    who: Person | null,
    op: Operation<string, Input, Output>,
    input: z.input<Input>,
  ): Promise<Output> {
    const actor: Actor = who ? { kind: 'person', personId: who.personId } : system;
    const clock = () => new Date(`${day}T03:00:00Z`);
    return execute({ ...services, clock }, op, input, { actor });
  }
  const unit = async (parentId: number | null, kind: string, name: string) =>
    (await at(SINCE, null, createUnit, { parentId, kind, name, effective: SINCE })).unitId;
  const person = async (unitId: number, name: string, post: Post, place: string): Promise<Person> => {
    const { personId } = await at(SINCE, null, addMember, { unitId, name, post, from: SINCE });
    return { personId, unitId, unit: place };
  };

  for (const [key, line, rank, vi, en, ar] of kinds) {
    await at(SINCE, null, defineKind, { key, line, rank, names: { vi, en, ar } });
  }
  for (const programme of [MODEL, FOUR_GOOD]) {
    const file = (name: string) =>
      readFile(new URL(`../../packages/packs/library/${programme}/1.0.0/${name}`, import.meta.url), 'utf8');
    const strings = {
      vi: await file('strings.vi.yaml'),
      en: await file('strings.en.yaml'),
      ar: await file('strings.ar.yaml'),
    };
    await at(SINCE, null, addPack, { pack: await file('pack.yaml'), strings });
  }
  const nation = await unit(null, 'nation', 'Việt Nam');
  const provinceId = await unit(nation, 'province', 'Tỉnh Sông Xanh');
  const communeId = await unit(provinceId, 'commune', 'Xã Đồng Sen');
  const province = await person(provinceId, 'Cán bộ tỉnh số 1', 'officer', 'Tỉnh Sông Xanh');
  const commune = await person(communeId, 'Cán bộ xã số 1', 'officer', 'Xã Đồng Sen');
  const villages: Person[] = [];
  for (const [index, name] of ['Thôn Đông', 'Thôn Đoài', 'Thôn Nam', 'Thôn Thượng'].entries()) {
    const village = await unit(communeId, 'village', name);
    villages.push(await person(village, `Trưởng thôn số ${index + 1}`, 'village-head', name));
  }
  const committee = await unit(null, 'commune-committee', 'Đảng ủy xã Đồng Sen');
  const cellId = await unit(committee, 'cell', 'Chi bộ thôn Đông');
  await person(committee, 'Đảng ủy viên phụ trách số 1', 'officer', 'Đảng ủy xã Đồng Sen');
  const cell = await person(cellId, 'Bí thư chi bộ', 'secretary', 'Chi bộ thôn Đông');

  const [first, second, third, fourth] = villages as [Person, Person, Person, Person];
  for (const each of villages) {
    const wording = each === first ? { wording: { sanitation: 'Thu gom rác tại nhà hai lần mỗi tuần' } } : {};
    await at(SINCE, each, adopt, { unitId: each.unitId, programme: MODEL, from: SINCE, adopted: wording });
  }
  await at(SINCE, cell, adopt, { unitId: cellId, programme: FOUR_GOOD, from: SINCE });

  const vote = { present: 42, for: 40, against: 0, abstain: 2 };
  const sheetOf = (who: Person, month: string) => ({ unitId: who.unitId, programme: MODEL, period: month });
  async function fill(who: Person, month: string, entries: Record<string, Answer>, proven = true): Promise<void> {
    const day = periodEnd(month);
    await at(day, who, openSheet, sheetOf(who, month));
    await at(day, who, recordValues, { ...sheetOf(who, month), entries });
    if (!proven) return;
    const [criterion, ...alsoFor] = ten;
    const evidence = { id: randomUUID(), criterion: criterion!, alsoFor, kind: 'note' as const };
    await at(day, who, addEvidence, { ...sheetOf(who, month), ...evidence, title: 'Biên bản kiểm tra của thôn' });
    const minutes = { id: randomUUID(), criterion: 'commune_criteria', kind: 'document' as const, content: page };
    await at(day, who, addEvidence, { ...sheetOf(who, month), ...minutes, title: 'Kết quả rà soát của xã' });
    await at(addDays(day, 1), who, submit, { ...sheetOf(who, month), vote });
  }
  const verdicts = Object.fromEntries(Object.keys(everything).map((id) => [id, { verdict: 'accepted' as const }]));
  for (const each of villages) {
    await fill(each, before, everything);
    const day = addDays(periodEnd(before), 3);
    await at(day, commune, verify, { ...sheetOf(each, before), verdicts });
    await at(day, commune, accept, sheetOf(each, before));
  }
  const { housing: _h, sanitation: _s, commune_criteria: _c, ...rest } = everything;
  await fill(first, period, rest, false);
  await fill(second, period, { ...everything, roads: met(false), sanitation: { value: false } });
  await fill(third, period, everything);
  return { period, nation, province, commune, villages: [first, second, third, fourth], cell };
}
