import { randomUUID } from 'node:crypto';
import { printedCode } from '@dinh/domain/publications';
import { places, printCodes } from '@dinh/operations/publications';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { qrPath } from '#lib/server/qr.ts';
import { failedWith, textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

/** Codes on an A4 sheet by size. */
const onSheet = { sticker: 24, plate: 6, poster: 1 } as const;
type Size = keyof typeof onSheet;
const sizes = Object.keys(onSheet) as Size[];
const MOST = 480;

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const { searchParams, origin } = event.url;
  const seen = await ask(event, places, { unitId });
  const size = sizes.find((each) => each === searchParams.get('size')) ?? 'plate';
  const kinds = [...new Set(seen.places.filter(({ retiredOn }) => retiredOn === null).map(({ kind }) => kind))];
  const which = searchParams.get('which') ?? 'new';
  const wanted = seen.places.filter(
    ({ retiredOn, printedOn, kind }) =>
      retiredOn === null && (which === 'all' || (which === 'new' ? printedOn === null : kind === which)),
  );
  const codes = wanted.slice(0, MOST).map(({ nth, code, kind, name }) => ({
    nth,
    kind,
    name,
    code: printedCode(code),
    qr: qrPath(`${origin}/p/${code}`),
  }));
  const each = onSheet[size];
  return {
    unitId,
    unit: seen.unit,
    size,
    sizes,
    kinds,
    which,
    host: event.url.host,
    sheets: Array.from({ length: Math.ceil(codes.length / each) }, (_, at) => codes.slice(at * each, (at + 1) * each)),
    nths: codes.map(({ nth }) => nth).join(','),
    mayNote: seen.allowed.includes('publications.print-codes'),
    commandId: randomUUID(),
  };
};

export const actions: Actions = {
  printed: async (event) => {
    const form = await event.request.formData();
    const nths = textOf(form, 'nths').split(',').map(Number);
    const input = { unitId: unitIdOf(event.params.id), nths, base: event.url.origin };
    const done = await act(event, printCodes, input, textOf(form, 'command'));
    return done.ok ? { printed: done.answer.printed } : failedWith(done.failure, {});
  },
};
