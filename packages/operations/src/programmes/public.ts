import { adopt } from './adopt.ts';
import { openPeriod, openSheet } from './open-sheet.ts';
import { addPack, packs } from './packs.ts';
import { recordValues } from './record-values.ts';
import { submit } from './submit.ts';
import { accept, lock, reopen, returnSheet, verify } from './verify.ts';

export {
  accept,
  addPack,
  adopt,
  lock,
  openPeriod,
  openSheet,
  packs,
  recordValues,
  reopen,
  returnSheet,
  submit,
  verify,
};

export const programmesOperations = [
  addPack,
  packs,
  adopt,
  openSheet,
  openPeriod,
  recordValues,
  submit,
  verify,
  accept,
  returnSheet,
  lock,
  reopen,
] as const;
