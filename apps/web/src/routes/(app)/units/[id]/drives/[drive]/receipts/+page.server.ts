import { entries, read } from '@dinh/operations/contributions';
import { driveKeyOf } from '#lib/server/contributions.ts';
import { ask } from '#lib/server/operations.ts';
import type { PageServerLoad } from './$types';

const MOST = 500;

export const load: PageServerLoad = async (event) => {
  const key = driveKeyOf(event.params);
  const asked = Number(event.url.searchParams.get('before') ?? '');
  const before = Number.isInteger(asked) && asked > 0 && asked < 2_147_483_647 ? { before: asked } : {};
  const { unit, today, drive } = await ask(event, read, key);
  return { unit, today, drive, ...(await ask(event, entries, { ...key, kind: 'receive', limit: MOST, ...before })) };
};
