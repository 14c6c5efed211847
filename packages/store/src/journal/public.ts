export type { JournalPosition, RecordedAnswer } from './journal.ts';
export { chainHash, digestInput, readAnswer, record, takePlace } from './journal.ts';
