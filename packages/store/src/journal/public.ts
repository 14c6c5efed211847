export type { JournalPosition, RecordedAnswer } from './journal.ts';
export { chainHash, digestInput, record, takePlace } from './journal.ts';
