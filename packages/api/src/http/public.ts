export type { Api, ApiOptions } from './api.ts';
export { createApi } from './api.ts';
export type { Caller } from './caller.ts';
export { anonymous, scopeCovers } from './caller.ts';
export type { Problem } from './problem.ts';
export { problemOf } from './problem.ts';
