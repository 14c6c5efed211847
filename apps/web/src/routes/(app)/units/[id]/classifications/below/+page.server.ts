import { periodKind } from '@dinh/domain/kernel';
import { caps } from '@dinh/operations/classifications';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { titlesOf } from '#lib/server/programmes/titles.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const query = event.url.searchParams;
  const unitId = unitIdOf(event.params.id);
  const [programme, period] = [query.get('programme'), query.get('period') ?? ''];
  const {
    strings,
    caps: drawn,
    ...seen
  } = await ask(event, caps, {
    unitId,
    ...(programme && { programme: programme.slice(0, 80) }),
    ...(periodKind(period) && { period }),
  });
  const title = titlesOf(strings, event.locals.language, seen.programme);
  const level = (id: string | null) => (id === null ? null : title.of('levels', id));
  return {
    unitId,
    ...seen,
    title: title.own,
    programmes: seen.programmes.map((each) => ({
      value: each.key,
      label: titlesOf(each.strings, event.locals.language, each.key).own,
    })),
    lines: seen.lines.map((line) => ({
      ...line,
      proposedLevel: level(line.proposedLevel),
      decidedLevel: level(line.decidedLevel),
    })),
    caps: drawn.map((cap) => ({
      ...cap,
      title: title.of('levels', cap.level),
      at: seen.lines.filter((line) => line.level === cap.level).length,
    })),
  };
};
