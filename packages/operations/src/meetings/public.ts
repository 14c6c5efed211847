/**
 * Meetings: planned, prepared, held in the room, concluded. Votes, tasks and documents rest on what is exported here.
 * Refusals: `meetings.*` of the domain's list.
 */
import { addItems, changeItem, comment, decideItem, intend, orderAgenda, propose, removeItem } from './agenda.ts';
import { feed, makeFeed } from './feed.ts';
import { below, list, next, people } from './list.ts';
import { conclude, note, rewrite, run } from './minutes.ts';
import { attach, detach, documentFile, prepare } from './papers.ts';
import { call, cancel, change, plan, restore } from './plan.ts';
import { read } from './read.ts';
import { checkIn, leave, mark, markOthers, rollNow } from './roll.ts';
import { admit, close, dismiss, elect, open, reopen } from './room.ts';
import { addSession, count, removeSession } from './sessions.ts';
import { templates } from './templates.ts';
import { openVote } from './vote.ts';
import { revisions } from './watch.ts';
import { planYear, setHabit } from './year.ts';

export { keeps, mayRead, take as takeMeeting } from './access.ts';
export type { ListedMeeting } from './list.ts';
export { eligibleVoters, readMeeting } from './read.ts';
export type { AgendaTemplate } from './templates.ts';
export {
  addItems,
  addSession,
  admit,
  attach,
  below,
  call,
  cancel,
  change,
  changeItem,
  checkIn,
  close,
  comment,
  conclude,
  count,
  decideItem,
  detach,
  dismiss,
  documentFile,
  elect,
  feed,
  intend,
  leave,
  list,
  makeFeed,
  mark,
  markOthers,
  next,
  note,
  open,
  openVote,
  orderAgenda,
  people,
  plan,
  planYear,
  prepare,
  propose,
  read,
  removeItem,
  removeSession,
  reopen,
  restore,
  revisions,
  rewrite,
  rollNow,
  run,
  setHabit,
  templates,
};

/** Everything the feature `meetings` offers, for the registry. */
export const meetingsOperations = [
  plan,
  change,
  call,
  cancel,
  restore,
  setHabit,
  planYear,
  addItems,
  changeItem,
  orderAgenda,
  removeItem,
  propose,
  decideItem,
  comment,
  intend,
  attach,
  detach,
  documentFile,
  prepare,
  addSession,
  removeSession,
  count,
  open,
  reopen,
  elect,
  admit,
  dismiss,
  mark,
  markOthers,
  leave,
  checkIn,
  run,
  note,
  conclude,
  rewrite,
  openVote,
  close,
  read,
  rollNow,
  list,
  next,
  people,
  below,
  templates,
  makeFeed,
  feed,
  revisions,
] as const;
