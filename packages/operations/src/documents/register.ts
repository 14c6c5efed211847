import { families, findFamily } from '@dinh/documents/layouts';
import { gapsOf, registeredTypes } from '@dinh/domain/documents';
import { daySchema, refuse } from '@dinh/domain/kernel';
import {
  findNumber,
  readRegister,
  readStyle,
  registerYears,
  saveStyle,
  takeNumber,
  voidNumber,
} from '@dinh/store/documents';
import { readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { allowedOn, operation } from '../kernel/public.ts';
import { actorOf, reasonSchema, unitIdSchema } from '../programmes/public.ts';
import { languageSchema, leaders, onlookers } from './access.ts';
import { paperOf } from './paper.ts';

const typeSchema = z.enum(registeredTypes);
const yearSchema = z.int().min(1900).max(2200);
const numberSchema = z.int().min(1).max(1_000_000);

/**
 * Enters a paper that was written outside Đình, with the number it bears or the next free one, so that the register is the unit's whole
 * register.
 */
export const enterPaper = operation({
  name: 'documents.enter-paper',
  kind: 'command',
  input: z.strictObject({
    unitId: unitIdSchema,
    type: typeSchema,
    /** The next free number when absent. */
    number: numberSchema.optional(),
    subject: z.string().trim().min(3).max(300),
    /** The day it bears, which also says of which year the number is. */
    on: daySchema,
  }),
  unit: (input) => input.unitId,
  allow: leaders,
  async run(context, { unitId, type, number, subject, on }) {
    if (on > context.today) refuse('documents.day-ahead', {}, [{ path: 'on', code: 'documents.day-ahead' }]);
    const line = { number: number ?? null, documentId: null, subject, onDay: on };
    const year = Number(on.slice(0, 4));
    const by = { actor: actorOf(context), at: context.now };
    const taken = await takeNumber(context.tx, { unitId, year, type }, { ...line, ...by });
    if (taken === null) {
      return refuse('documents.number-taken', {}, [{ path: 'number', code: 'documents.number-taken' }]);
    }
    return { year, number: taken };
  },
});

/** Voids the number of a paper that did not come about; a document's own number is voided by withdrawing the document. */
export const voidPaper = operation({
  name: 'documents.void-number',
  kind: 'command',
  input: z.strictObject({
    unitId: unitIdSchema,
    type: typeSchema,
    year: yearSchema,
    number: numberSchema,
    reason: reasonSchema,
  }),
  unit: (input) => input.unitId,
  allow: leaders,
  async run(context, { unitId, type, year, number, reason }) {
    const line = await findNumber(context.tx, { unitId, year, type }, number);
    if (!line || line.voidReason !== null) return refuse('documents.number-unknown');
    if (line.documentId !== null) return refuse('documents.number-of-document');
    const voided = { number, reason, actor: actorOf(context), at: context.now };
    await voidNumber(context.tx, { unitId, year, type }, voided);
    return { number };
  },
});

const optionalText = (most: number) => z.string().trim().min(1).max(most).nullable();

/** Says how a unit's documents look where its kind and its place in the tree do not; null takes the usual again. */
export const setStyle = operation({
  name: 'documents.set-style',
  kind: 'command',
  input: z.strictObject({
    unitId: unitIdSchema,
    family: optionalText(60),
    superior: optionalText(200),
    symbol: optionalText(20),
    place: optionalText(200),
  }),
  unit: (input) => input.unitId,
  allow: leaders,
  async run(context, { unitId, ...style }) {
    if (style.family !== null && !findFamily(style.family)) {
      refuse('documents.family-unknown', {}, [{ path: 'family', code: 'documents.family-unknown' }]);
    }
    await saveStyle(context.tx, unitId, style);
    return { unitId };
  },
});

/** A year of a unit's register: every number with what became of it, and which are missing. */
export const register = operation({
  name: 'documents.register',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, year: yearSchema.optional(), language: languageSchema.default('vi') }),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, { unitId, language, ...input }) {
    const { tx, today } = context;
    const thisYear = Number(today.slice(0, 4));
    const year = input.year ?? thisYear;
    const lines = await readRegister(tx, unitId, year);
    const style = await readStyle(tx, unitId);
    const paper = await paperOf(context, unitId, language, today);
    return {
      unit: (await readUnitPlace(tx, unitId, today))?.name ?? '',
      today,
      year,
      years: [...new Set([thisYear, ...(await registerYears(tx, unitId))])].sort((a, b) => b - a),
      books: registeredTypes.map((type) => {
        const own = lines.filter((line) => line.type === type);
        return { type, lines: own, gaps: gapsOf(own.map(({ number }) => number)) };
      }),
      style: style ?? { family: null, superior: null, symbol: null, place: null },
      /** What holds where the unit said nothing. */
      usual: {
        family: paper.layout.id,
        superior: paper.issuer.superior,
        symbol: paper.layout.kinds[paper.issuer.kind]?.symbol ?? null,
        place: paper.place,
      },
      families: families.map(({ id, names, facts }) => ({ id, name: names[language], facts })),
      allowed: await allowedOn(context, unitId, [enterPaper, voidPaper, setStyle]),
    };
  },
});
