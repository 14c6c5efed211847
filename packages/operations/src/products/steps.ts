import { daySchema, refuse } from '@dinh/domain/kernel';
import { afterStep, type ProductStep, stepsFrom } from '@dinh/domain/products';
import {
  appendProductEvent,
  findProduct,
  findProductFile,
  type Product,
  readProductEvents,
  saveProduct,
} from '@dinh/store/products';
import { z } from 'zod';
import { filePath } from '../files/public.ts';
import { allowedOn, type Context, operation } from '../kernel/public.ts';
import { actorOf, reasonSchema, unitIdSchema } from '../programmes/public.ts';
import { fellows, leaders, lineSchema, onlookers, productKey, versionSchema } from './access.ts';
import { demandOutDay, revise, takeProduct } from './make.ts';

const key = { ...productKey, expected: versionSchema };
type Key = { unitId: number; id: string; expected: number };

/** Takes one step with a product: refused where the step does not begin, noted in its history. */
async function step(
  context: Context,
  { unitId, id, expected }: Key,
  taken: ProductStep,
  note: string,
  change: (product: Product) => Partial<Product>,
) {
  const product = await takeProduct(context, { unitId, id }, expected);
  const state = afterStep(product.state, taken);
  if (!state) return refuse('products.not-there-yet');
  await saveProduct(context.tx, { ...product, ...change(product), state });
  const event = { unitId, productId: id, at: context.now, actor: actorOf(context), step: taken, note };
  await appendProductEvent(context.tx, event);
  return { state, version: expected + 1 };
}

/** Somebody who did not make it checks what it says against its sources, and names them. */
export const check = operation({
  name: 'products.check',
  kind: 'command',
  input: z.strictObject({ ...key, sources: z.string().trim().min(1).max(4000) }),
  unit: (input) => input.unitId,
  allow: fellows,
  run: (context, { sources, ...input }) =>
    step(context, input, 'check', sources, (product) => {
      const { actor } = context;
      const checkedBy = actor.kind === 'person' ? actor.personId : null;
      if (checkedBy !== null && product.authors.includes(checkedBy)) refuse('products.maker-checks');
      return { sources, checkedBy };
    }),
});

/** Approves a checked product for the public. */
export const approve = operation({
  name: 'products.approve',
  kind: 'command',
  input: z.strictObject(key),
  unit: (input) => input.unitId,
  allow: [{ role: 'secretary', reach: 'own' }],
  run: (context, input) => step(context, input, 'approve', '', () => ({})),
});

/** Gives a product back to those who made it, with the reason. */
export const giveBack = operation({
  name: 'products.return',
  kind: 'command',
  input: z.strictObject({ ...key, reason: reasonSchema }),
  unit: (input) => input.unitId,
  allow: [{ role: 'secretary', reach: 'own' }],
  run: (context, { reason, ...input }) =>
    step(context, input, 'return', reason, () => ({ sources: '', checkedBy: null })),
});

const out = { channel: lineSchema, place: z.string().trim().max(300).default(''), on: daySchema };

/** Notes where and when it was published, in the unit's own name. Đình itself posts nothing anywhere. */
export const publish = operation({
  name: 'products.publish',
  kind: 'command',
  input: z.strictObject({ ...key, ...out }),
  unit: (input) => input.unitId,
  allow: leaders,
  run: (context, { channel, place, on, ...input }) =>
    step(context, input, 'publish', channel, (product) => {
      demandOutDay(context, product, on);
      return { channel, place, outOn: on };
    }),
});

/** Notes the contest it was entered in. */
export const enter = operation({
  name: 'products.enter',
  kind: 'command',
  input: z.strictObject({ ...key, ...out }),
  unit: (input) => input.unitId,
  allow: leaders,
  run: (context, { channel, place, on, ...input }) =>
    step(context, input, 'enter', channel, (product) => {
      demandOutDay(context, product, on);
      return { channel, place, outOn: on };
    }),
});

/** Takes a product back that turned out wrong: it counts no more, and stays known as withdrawn with the reason. */
export const withdraw = operation({
  name: 'products.withdraw',
  kind: 'command',
  input: z.strictObject({ ...key, reason: reasonSchema }),
  unit: (input) => input.unitId,
  allow: leaders,
  run: (context, { reason, ...input }) => step(context, input, 'withdraw', reason, () => ({})),
});

/** A product with its history and the steps that are open to the caller. */
export const read = operation({
  name: 'products.read',
  kind: 'query',
  input: z.strictObject(productKey),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run(context, { unitId, id }) {
    const product = await findProduct(context.tx, unitId, id, false);
    if (!product) return refuse('products.unknown');
    const allowed = await allowedOn(context, unitId, [revise, check, approve, giveBack, publish, enter, withdraw]);
    const { actor } = context;
    const mine = actor.kind === 'person' && product.authors.includes(actor.personId);
    const steps = stepsFrom(product.state).filter(
      (each) => allowed.includes(`products.${each}`) && !(each === 'check' && mine),
    );
    return { product, events: await readProductEvents(context.tx, unitId, id), steps, mine, today: context.today };
  },
});

/** Where the bytes of a product lie and what they are; only for who may read the unit's products. */
export const file = operation({
  name: 'products.file',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, digest: z.string().regex(/^[0-9a-f]{64}$/) }),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run({ tx, filesDirectory }, { unitId, digest }) {
    const found = await findProductFile(tx, unitId, digest);
    if (!found) return refuse('products.unknown');
    return { ...found, path: filePath(filesDirectory, digest) };
  },
});
