import type { task } from '@dinh/operations/tasks';

/** One task as its page shows it. */
export type TaskView = Awaited<ReturnType<(typeof task)['run']>>;
