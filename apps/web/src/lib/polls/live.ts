import type { progress } from '@dinh/operations/polls';

export type Progress = Awaited<ReturnType<typeof progress.run>>;
