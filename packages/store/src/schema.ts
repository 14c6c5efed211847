/** Row types by table, for Kysely. */
export type Tables = Record<never, never>;
