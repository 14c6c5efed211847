import { randomUUID } from 'node:crypto';
import { choices, task } from '@dinh/operations/tasks';
import { listUnitChildren } from '@dinh/operations/units';
import { error } from '@sveltejs/kit';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import {
  sendApproval,
  sendBack,
  sendCancel,
  sendEvaluation,
  sendExtension,
  sendExtensionAnswer,
  sendHandOver,
  sendReport,
  sendRevision,
  sendSpread,
} from '#lib/server/tasks/actions.ts';
import { ROWS } from '#lib/server/tasks/form.ts';
import type { Actions, PageServerLoad } from './$types';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MOST_UNITS = 100;

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  if (!uuid.test(event.params.task)) error(404, 'tasks.unknown');
  const seen = await ask(event, task, { unitId, id: event.params.task });
  const open = seen.state === 'approved' || seen.state === 'in-progress';
  const writes = seen.state === 'draft' || seen.state === 'returned';
  // Names to choose from are read only for those who may choose.
  const mayChoose =
    (open && seen.allowed.includes('tasks.hand-over')) || (writes && seen.allowed.includes('tasks.revise'));
  const { people, units } = mayChoose ? await ask(event, choices, { unitId }) : { people: [], units: [] };
  const taken = new Set(seen.parts.lines.filter(({ state }) => state !== 'cancelled').map((part) => part.unitId));
  const children =
    open && seen.caller.isAbove ? (await ask(event, listUnitChildren, { unitId, limit: MOST_UNITS })).units : [];
  return {
    task: seen,
    people: people.map(({ id, name }) => ({ id, name })),
    units: children.filter(({ id }) => !taken.has(id)).map(({ id, name }) => ({ id, name, newId: randomUUID() })),
    /** Units near by that may lend a hand, and those that do already. */
    supportable: [...units, ...seen.supportingUnits.filter((one) => !units.some(({ id }) => id === one.id))].map(
      ({ id, name }) => ({ id, name }),
    ),
    rows: ROWS,
    commandId: randomUUID(),
    ids: { photo: randomUUID(), file: randomUUID(), link: randomUUID() },
    done: event.url.searchParams.get('done') ?? '',
  };
};

export const actions: Actions = {
  report: sendReport,
  approve: sendApproval,
  return: sendBack,
  revise: sendRevision,
  evaluate: sendEvaluation,
  extend: sendExtension,
  answer: sendExtensionAnswer,
  handover: sendHandOver,
  cancel: sendCancel,
  spread: sendSpread,
};
