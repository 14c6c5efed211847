import { Environment } from '@marcbachmann/cel-js';
import {
  add,
  compare,
  divide,
  Exact,
  larger,
  multiply,
  parseExact,
  smaller,
  subtract,
  sum,
  ZERO,
} from '../exact/public.ts';

/** What a name in a formula holds. Percentages are numbers in percent points: 85 means 85 %. */
export type NameType = 'number' | 'boolean' | 'text';

/** Names a formula may use: top-level names, each either plain or a record one or two levels deep. */
export type Scope = { readonly [name: string]: NameType | Scope };

export class DivisionByZero extends Error {}

/** A pack is small; a formula that needs more is a programme, and each limit bounds the cost of evaluating it. */
const LIMITS = { maxAstNodes: 300, maxDepth: 32, maxListElements: 64, maxMapEntries: 1, maxCallArguments: 16 };

const CEL_TYPES: Record<NameType, string> = { number: 'Number', boolean: 'bool', text: 'string' };
type Operand = Exact | bigint | number;

function toExact(operand: Operand): Exact {
  return operand instanceof Exact ? operand : (parseExact(operand) ?? ZERO);
}

function quotient(a: Exact, b: Exact): Exact {
  const result = divide(a, b);
  if (!result) throw new DivisionByZero();
  return result;
}

const ARITHMETIC: Record<string, (a: Exact, b: Exact) => Exact> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': quotient,
};
const COMPARISON: Record<string, (order: number) => boolean> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function registerNumbers(environment: Environment): void {
  environment.registerType('Number', { ctor: Exact, fields: {} });
  for (const [left, right] of [
    ['Number', 'Number'],
    ['Number', 'int'],
    ['int', 'Number'],
    ['Number', 'double'],
    ['double', 'Number'],
  ] as const) {
    for (const [operator, apply] of Object.entries(ARITHMETIC)) {
      environment.registerOperator(`${left} ${operator} ${right}`, (a: Operand, b: Operand) =>
        apply(toExact(a), toExact(b)),
      );
    }
    for (const [operator, holds] of Object.entries(COMPARISON)) {
      environment.registerOperator(`${left} ${operator} ${right}: bool`, (a: Operand, b: Operand) =>
        holds(compare(toExact(a), toExact(b))),
      );
    }
    // The library mirrors an equality by itself, so only one order is registered.
    if (left === 'Number') {
      environment.registerOperator(
        `${left} == ${right}: bool`,
        (a: Operand, b: Operand) => compare(toExact(a), toExact(b)) === 0,
      );
    }
    environment.registerFunction(`min(${left}, ${right}): Number`, (a: Operand, b: Operand) =>
      smaller(toExact(a), toExact(b)),
    );
    environment.registerFunction(`max(${left}, ${right}): Number`, (a: Operand, b: Operand) =>
      larger(toExact(a), toExact(b)),
    );
  }
  for (const type of ['int', 'double']) {
    environment.registerFunction(`number(${type}): Number`, (value: Operand) => toExact(value));
  }
  environment.registerFunction('sum(list<Number>): Number', (values: Exact[]) => sum(values));
  environment.registerFunction('count(list<bool>): Number', (flags: boolean[]) =>
    sum(flags.map((flag) => new Exact(flag ? 1n : 0n))),
  );
}

type CelSchema = { [name: string]: string | CelSchema };

function celSchema(scope: Scope): CelSchema {
  return Object.fromEntries(
    Object.entries(scope).map(([name, type]) => [name, typeof type === 'string' ? CEL_TYPES[type] : celSchema(type)]),
  );
}

/** The CEL environment for a scope: exact numbers instead of floats, and no name beyond the scope's. */
export function environmentFor(scope: Scope): Environment {
  const environment = new Environment({ limits: LIMITS, unlistedVariablesAreDyn: false });
  registerNumbers(environment);
  for (const [name, type] of Object.entries(scope)) {
    if (typeof type === 'string') environment.registerVariable(name, CEL_TYPES[type]);
    else environment.registerVariable({ name, schema: celSchema(type) });
  }
  return environment;
}
