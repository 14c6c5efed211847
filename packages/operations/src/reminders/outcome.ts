import type { FailureCode } from '@dinh/domain/reminders';

/** What came of an attempt; `final`: no other one will be better. */
export type Outcome = { ok: true } | { ok: false; code: FailureCode; final: boolean };
