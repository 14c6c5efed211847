export { allowedOn } from './allowed.ts';
export type { Call, Services } from './execute.ts';
export { execute, parseInput } from './execute.ts';
export type {
  Actor,
  AnyOperation,
  Context,
  Operation,
  OperationSpec,
  PreparedFile,
  PreparedFiles,
} from './operation.ts';
export { INSTALLATION, operation } from './operation.ts';
