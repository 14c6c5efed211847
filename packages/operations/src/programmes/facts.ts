import type { Facts } from '@dinh/packs/schema';
import type { Sheet } from '@dinh/store/programmes';
import type { Context } from '../kernel/public.ts';

/**
 * What Đình knows of a unit in a period, by fact key. Each feature that yields facts adds its own here; a criterion whose facts are
 * not known stays for people to fill.
 */
export async function factsOf(_context: Context, _sheet: Sheet): Promise<Facts> {
  return {};
}
