import { refuse } from '@dinh/domain/kernel';
import { photoPhases } from '@dinh/domain/works';
import { deletePhoto, findWorkPhoto, insertPhoto, listPhotos } from '@dinh/store/works';
import { z } from 'zod';
import { filePath, preparing, storeFile } from '../files/public.ts';
import { operation } from '../kernel/public.ts';
import { actorOf, unitIdSchema } from '../programmes/public.ts';
import { demandWork, isInCharge, keepers, onlookers, workKey } from './access.ts';
import { correct } from './add.ts';

const MOST_BYTES = 20 * 1024 * 1024;
const MOST_PHOTOS = 60;

/** Puts a photo with a work: how it was before, meanwhile, and after. */
export const addPhoto = operation({
  name: 'works.add-photo',
  kind: 'command',
  input: z.strictObject({
    ...workKey,
    id: z.uuid(),
    phase: z.enum(photoPhases),
    caption: z.string().trim().max(300).default(''),
    /** Bytes of a JPEG, PNG or WebP, base64. */
    content: z
      .base64()
      .min(4)
      .max(Math.ceil((MOST_BYTES * 4) / 3) + 4),
  }),
  unit: (input) => input.unitId,
  allow: [{ role: 'member', reach: 'own' }, ...keepers],
  prepare: ({ content }) => preparing({ content, kind: 'photo' }),
  async run(context, { unitId, workId, id, phase, caption, content }) {
    const work = await demandWork(context, unitId, workId);
    if (!(await isInCharge(context, work, correct))) refuse('works.not-in-charge');
    if ((await listPhotos(context.tx, unitId, [workId])).length >= MOST_PHOTOS) refuse('works.photos-enough');
    const digest = await storeFile(context, content);
    const by = { actor: actorOf(context), at: context.now };
    if (!(await insertPhoto(context.tx, { unitId, id, workId, phase, digest, caption, ...by })))
      refuse('works.already-there');
    return { id, digest };
  },
});

/** Takes a photo away from a work. */
export const removePhoto = operation({
  name: 'works.remove-photo',
  kind: 'command',
  input: z.strictObject({ ...workKey, id: z.uuid() }),
  unit: (input) => input.unitId,
  allow: keepers,
  async run(context, { unitId, workId, id }) {
    await demandWork(context, unitId, workId);
    if (!(await deletePhoto(context.tx, { unitId, workId, id }))) refuse('works.photo-unknown');
    return { id };
  },
});

/** A photo of one of a unit's works. */
export const file = operation({
  name: 'works.file',
  kind: 'query',
  input: z.strictObject({ unitId: unitIdSchema, digest: z.string().regex(/^[0-9a-f]{64}$/) }),
  unit: (input) => input.unitId,
  allow: onlookers,
  async run({ tx, filesDirectory }, { unitId, digest }) {
    const found = await findWorkPhoto(tx, unitId, digest);
    if (!found) return refuse('works.file-unknown');
    return { ...found, path: filePath(filesDirectory, digest) };
  },
});
