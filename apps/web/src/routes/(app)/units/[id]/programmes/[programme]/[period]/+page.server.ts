import { mayReach } from '@dinh/domain/access';
import { desk } from '@dinh/operations/programmes';
import { ask } from '#lib/server/operations.ts';
import {
  acceptSheet,
  lockSheet,
  putEvidence,
  reopenSheet,
  send,
  sendBack,
  takeEvidenceAway,
  takeFresh,
  undoAcceptance,
} from '#lib/server/sheet/decide.ts';
import { keyOf, readSheet } from '#lib/server/sheet/load.ts';
import { confirmSame, saveAnswers, saveVerdicts } from '#lib/server/sheet/save.ts';
import { criteriaOf } from '#lib/sheet/view.ts';
import type { Actions, PageServerLoad } from './$types';

/** How far down the officer's list the next sheet is looked for. */
const AHEAD = 20;

/** The desk this person works at for a unit: their nearest post above it that looks down on sheets. */
function deskOf(locals: App.Locals, path: readonly number[]): { id: number; name: string } | null {
  const posts = (locals.session?.posts ?? []).filter((post) =>
    mayReach(desk.allow as Exclude<typeof desk.allow, string>, [post], post.unitId, []),
  );
  for (const above of path) {
    const post = posts.find(({ unitId }) => unitId === above);
    if (post) return { id: above, name: post.unitName };
  }
  return null;
}

export const load: PageServerLoad = async (event) => {
  const { view, answer } = await readSheet(event, event.params);
  const at = deskOf(event.locals, answer.path);
  const { programme, period } = keyOf(event.params);
  const waiting = at
    ? (await ask(event, desk, { unitId: at.id, programme, period, limit: AHEAD })).lines.find(
        ({ unitId, state }) => state === 'submitted' && unitId !== view.unitId,
      )
    : undefined;
  return {
    view,
    desk: at,
    // Who looks from above compares; who fills in reads one column.
    wide: at !== null,
    next: waiting ? { id: waiting.unitId, name: waiting.unit } : null,
    commands: {
      main: crypto.randomUUID(),
      second: crypto.randomUUID(),
      evidence: Object.fromEntries(criteriaOf(view).map(({ id }) => [id, crypto.randomUUID()])),
    },
    reader: event.locals.session?.person.id ?? '',
  };
};

export const actions: Actions = {
  save: saveAnswers,
  verify: saveVerdicts,
  same: confirmSame,
  evidence: putEvidence,
  'evidence-remove': takeEvidenceAway,
  send,
  refill: takeFresh,
  accept: acceptSheet,
  undo: undoAcceptance,
  return: sendBack,
  lock: lockSheet,
  reopen: reopenSheet,
};
