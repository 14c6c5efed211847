import { addWorkingDays, type Day, refuse } from '@dinh/domain/kernel';
import {
  mostFromAddress,
  mostOfDay,
  ordinaryWorkingDays,
  type QuestionKind,
  questionKinds,
} from '@dinh/domain/questions';
import { countFrom, findByReceipt, insertQuestion, readWorkingDays, setWorkingDays } from '@dinh/store/questions';
import { readCalendar, readUnitPlace } from '@dinh/store/units';
import { z } from 'zod';
import { type Context, operation } from '../kernel/public.ts';
import { actorOf, unitIdSchema } from '../programmes/public.ts';
import { members, optionalWords, secretaries, typedDigest, words } from './access.ts';

const LONGEST = 2000;

const asked = {
  unitId: unitIdSchema,
  id: z.uuid(),
  kind: z.enum(questionKinds).default('question'),
  text: words(LONGEST),
  /** How to reach the asker: forgotten with the answer. */
  contact: optionalWords(200),
  /** The answer may stand on the public page, written anew without anything personal. */
  mayPublish: z.boolean().default(false),
  /** The code with which the answer is seen, as it was shown to the asker. */
  receipt: z.string().max(60),
  /** The public page it was asked at. */
  code: z.string().max(20).nullable().default(null),
  language: z.enum(['vi', 'en', 'ar']).default('vi'),
};

/** The day by which an answer is due: as many working days as are promised, by the calendar of the unit. */
async function dueDay({ tx }: Context, unitId: number, kind: QuestionKind, asked: Day): Promise<Day> {
  const days = (await readWorkingDays(tx, unitId, kind, asked)) ?? ordinaryWorkingDays[kind];
  return addWorkingDays(asked, days, await readCalendar(tx, unitId, asked)) ?? refuse('units.no-working-day');
}

type Asked = { [Key in keyof typeof asked]: z.output<(typeof asked)[Key]> };

async function take(context: Context, input: Asked, way: 'page' | 'assisted' | 'paper', on: Day) {
  const { tx, now, today } = context;
  const { unitId, kind } = input;
  const receipt = typedDigest(input.receipt);
  if (receipt === null)
    return refuse('questions.receipt-unknown', {}, [{ path: 'receipt', code: 'questions.receipt-unknown' }]);
  if (!(await readUnitPlace(tx, unitId, today))) refuse('access.unit-unknown');
  const dueOn = await dueDay(context, unitId, kind, on);
  const assistedBy = way === 'page' ? null : actorOf(context);
  const found = await insertQuestion(tx, { ...input, way, assistedBy, receipt, askedAt: now, askedOn: on, dueOn });
  return found ? { ...found, dueOn } : refuse('questions.already-there');
}

/** What is personal stays out of the journal's digest: a telephone number could be guessed back from it. */
const withoutPerson = ({ contact: _contact, text: _text, receipt: _receipt, ...rest }: Asked) => rest;

/**
 * Asks at a public page, without an account. Limited by the address it comes from, which is counted under a key of the day and kept
 * nowhere; so it cannot be sent as an operation from elsewhere.
 */
export const ask = operation({
  name: 'questions.ask',
  kind: 'command',
  input: z.strictObject(asked),
  unit: (input) => input.unitId,
  allow: 'anyone',
  digested: withoutPerson,
  async run(context, input) {
    if (context.address === undefined) return refuse('questions.through-page');
    const counted = await countFrom(context.tx, input.unitId, context.today, context.address);
    if (counted.address > mostFromAddress || counted.all > mostOfDay) refuse('questions.too-many');
    return take(context, input, 'page', context.today);
  },
});

/** Asks for somebody: with them, or from a paper they filled in. Who helped is recorded. */
export const assist = operation({
  name: 'questions.assist',
  kind: 'command',
  input: z.strictObject({
    ...asked,
    way: z.enum(['assisted', 'paper']),
    /** The day on the paper; today when absent. */
    on: z.iso.date().optional(),
  }),
  unit: (input) => input.unitId,
  allow: members,
  digested: ({ way, on, ...input }) => ({ ...withoutPerson(input), way, on }),
  async run(context, { way, on, ...input }) {
    const day = on ?? context.today;
    if (day > context.today || day < '2000-01-01')
      refuse('questions.day-wrong', {}, [{ path: 'on', code: 'questions.day-wrong' }]);
    return take(context, input, way, day);
  },
});

/** What became of a question, for whoever has its code. */
export const follow = operation({
  name: 'questions.follow',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, receipt: z.string().max(60) }),
  unit: (input) => input.unitId,
  allow: 'anyone',
  async run({ tx, today }, { unitId, receipt }) {
    const digest = typedDigest(receipt);
    const found = digest === null ? null : await findByReceipt(tx, unitId, digest);
    if (!found) return refuse('questions.receipt-unknown');
    const { year, number, kind, text, askedOn, dueOn, dueReason, state, answer, answeredOn } = found;
    const isLate = state === 'open' && dueOn < today;
    return { year, number, kind, text, askedOn, dueOn, dueReason, state, answer, answeredOn, isLate };
  },
});

/** Promises an answer within working days, for one's unit and those below that promise nothing of their own. */
export const promise = operation({
  name: 'questions.promise',
  kind: 'command',
  input: z.strictObject({
    unitId: unitIdSchema,
    kind: z.enum(questionKinds),
    workingDays: z.int().min(1).max(250),
  }),
  unit: (input) => input.unitId,
  allow: [...secretaries, { role: 'administrator', reach: 'own' }],
  async run({ tx, today }, { unitId, kind, workingDays }) {
    await setWorkingDays(tx, unitId, kind, today, workingDays);
    return { kind, workingDays };
  },
});
