import { tmpdir } from 'node:os';
import type { Database } from '@dinh/store/connection';
import type { Services } from '../kernel/public.ts';
import { execute } from '../kernel/public.ts';
import { as, who } from '../testing/public.ts';
import { openDrive } from './public.ts';

export const VILLAGE = 3;
export const DRIVE = '01990000-0000-7000-8000-0000000d0001';
export const uuid = (group: string, n: number) => `01990000-0000-7000-8${group}-${String(n).padStart(12, '0')}`;
export const servicesOn = (database: Database, day: string): Services => ({
  database,
  filesDirectory: tmpdir(),
  clock: () => new Date(`${day}T03:00:00Z`),
});
/** Bytes of a paper, each different. */
export const scan = (n: number) => Buffer.from(`%PDF-1.4\n% paper ${n}\n`).toString('base64');

export const terms = (supervisor: string) => ({
  unitId: VILLAGE,
  id: DRIVE,
  title: 'Road between the hamlets',
  purpose: 'Widen it to five metres',
  spendingRule: 'Material first; two signatures on each voucher',
  currency: 'VND',
  target: 50_000_000,
  from: '2026-03-01',
  to: '2026-12-31',
  decision: {
    number: '03/NQ',
    issuer: 'Meeting of the households',
    date: '2026-02-20',
    votes: { for: 90, of: 120 },
    threshold: 'two-thirds' as const,
  },
  treasurer: who.member,
  supervisors: [supervisor],
  rates: { labour: 300_000 },
});

export const open = (services: Services, supervisor: string, more = {}) =>
  execute(services, openDrive, { ...terms(supervisor), ...more }, as(who.secretary));
