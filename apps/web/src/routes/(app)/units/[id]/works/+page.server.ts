import { workStates } from '@dinh/domain/works';
import { list } from '@dinh/operations/works';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { figuresOf, named } from '#lib/server/works.ts';
import type { PageServerLoad } from './$types';

const PAGE = 20;

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const { language } = event.locals;
  const query = event.url.searchParams;
  const state = workStates.find((each) => each === query.get('state')) ?? null;
  const page = /^\d{1,4}$/.test(query.get('page') ?? '') ? Number(query.get('page')) : 0;
  const asked = { unitId, state, limit: PAGE, offset: page * PAGE };
  const { works, kinds, ...seen } = await ask(event, list, asked);
  return {
    unitId,
    ...seen,
    state,
    page,
    works: works.map(({ quantities, ...work }) => {
      const kind = kinds.find(({ key }) => key === work.kind);
      const { id, title, place, stateOn, due, reason, photo } = work;
      return {
        ...{ id, title, place, stateOn, due, reason, photo, state: work.state },
        kind: named(kind?.names, language, work.kind),
        figures: figuresOf(kind, quantities, language),
      };
    }),
  };
};
