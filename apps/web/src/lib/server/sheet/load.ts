import { sheet } from '@dinh/operations/programmes';
import type { RequestEvent } from '@sveltejs/kit';
import { ask } from '#lib/server/operations.ts';
import { todayOf } from '#lib/server/today.ts';
import type { SheetView } from '#lib/sheet/view.ts';
import { type SheetAnswer, sheetView } from './view.ts';

export type SheetParams = { id: string; programme: string; period: string };

/** The sheet an address names; what is no number is refused by the operation like any other wrong unit. */
export const keyOf = ({ id, programme, period }: SheetParams) => ({ unitId: Number(id), programme, period });

/** The sheet as its page shows it, with the units above it, nearest first. */
export async function readSheet(
  event: Pick<RequestEvent, 'locals' | 'url'>,
  params: SheetParams,
): Promise<{ view: SheetView; answer: SheetAnswer }> {
  const answer = await ask(event, sheet, keyOf(params));
  return { answer, view: sheetView(answer, event.locals.language, todayOf(event)) };
}
