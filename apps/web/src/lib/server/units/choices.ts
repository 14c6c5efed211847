import { listUnitChildren, searchForUnits } from '@dinh/operations/units';
import type { RequestEvent } from '@sveltejs/kit';
import { ask } from '#lib/server/operations.ts';
import { kindNames } from './load.ts';

type Asking = Pick<RequestEvent, 'locals' | 'url'>;
export type Choice = { id: number; name: string; kind: string; path: string[] };

/** Units found by the words in the address (`q`) to choose from; without words, the units right below `near` when given. */
export async function choices(
  event: Asking,
  {
    line,
    near,
    kind,
    except,
  }: { line: 'territorial' | 'organisational'; near?: number | undefined; kind?: string; except: number },
): Promise<{ words: string; found: Choice[] }> {
  const words = (event.url.searchParams.get('q') ?? '').slice(0, 200).trim();
  const kinds = await kindNames(event);
  const named = (unit: { id: number; name: string; kind: string }, path: string[]) => ({
    id: unit.id,
    name: unit.name,
    kind: kinds[unit.kind] ?? unit.kind,
    path,
  });
  if (words !== '') {
    const { units } = await ask(event, searchForUnits, { words, line, limit: 20 });
    const others = units.filter((unit) => unit.id !== except);
    return {
      words,
      found: others.map((unit) =>
        named(
          unit,
          unit.path.map((above) => above.name),
        ),
      ),
    };
  }
  if (near === undefined) return { words, found: [] };
  const { units } = await ask(event, listUnitChildren, { unitId: near, kind, limit: 50 });
  return { words, found: units.filter((unit) => unit.id !== except).map((unit) => named(unit, [])) };
}
