import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import { Exact, parseExact } from '../exact/public.ts';
import type { FormulaFailure, FormulaProblem } from './problem.ts';
import { DivisionByZero, type NameType } from './scope.ts';

export type FormulaValue = Exact | boolean | string;
/** Values for a scope's names; a name left out is missing, and a formula that needs it says so. */
export type Bindings = { readonly [name: string]: FormulaValue | Bindings };
export type FormulaResult = { readonly ok: true; readonly value: FormulaValue } | FormulaFailure;

export interface Formula {
  /** Dotted names the formula reads, such as "facts.meetings.held". */
  readonly reads: readonly string[];
  evaluate(bindings: Bindings): FormulaResult;
}
export type Compiled =
  | { readonly ok: true; readonly formula: Formula }
  | { readonly ok: false; readonly problem: FormulaProblem };

/** Each is linear in its arguments, so a formula costs no more than its own size. CEL's macros and `matches` are left out. */
const FUNCTIONS = new Set(['has', 'min', 'max', 'sum', 'count', 'number', 'contains', 'startsWith', 'endsWith']);
const ARITHMETIC = new Set(['+', '-', '*', '/', '%']);
const MAX_TEXT = 2000;

const RESULT_TYPES: Record<NameType, readonly string[]> = {
  number: ['Number', 'int', 'double'],
  boolean: ['bool'],
  text: ['string'],
};

interface CelError {
  readonly code?: string;
  readonly summary?: string;
  readonly message: string;
  readonly range?: { readonly start: number; readonly end: number };
}

const UNKNOWN_NAMES = new Set(['unknown_variable', 'no_such_key']);

function celProblem(text: string, error: CelError): FormulaProblem {
  const code = error.code ?? '';
  const kind =
    code.startsWith('limit') || code.includes('exceeded')
      ? 'packs.formula-too-large'
      : UNKNOWN_NAMES.has(code)
        ? 'packs.formula-unknown-name'
        : code.includes('overload') || code.includes('type') || code.includes('operand') || code.includes('condition')
          ? 'packs.formula-type'
          : 'packs.formula-syntax';
  const start = error.range?.start ?? 0;
  const end = error.range?.end ?? text.length;
  const detail = kind === 'packs.formula-unknown-name' ? dottedNameBefore(text, end) : (error.summary ?? error.message);
  return { code: kind, params: { formula: text, detail }, start, end };
}

function dottedNameBefore(text: string, end: number): string {
  return /[A-Za-z_][\w.]*$/.exec(text.slice(0, end))?.[0] ?? text;
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

function children(node: ASTNode): ASTNode[] {
  const found: ASTNode[] = [];
  const collect = (value: unknown): void => {
    if (isNode(value)) found.push(value);
    else if (Array.isArray(value)) value.forEach(collect);
  };
  collect(node.args);
  return found;
}

function* walk(node: ASTNode): Generator<ASTNode> {
  yield node;
  for (const child of children(node)) yield* walk(child);
}

function isLiteralNumber(node: ASTNode): boolean {
  if (node.op === 'value') return typeof node.args === 'bigint' || typeof node.args === 'number';
  if (node.op === '-_') return isLiteralNumber(node.args);
  if (node.op === '?:') return isLiteralNumber(node.args[1]) && isLiteralNumber(node.args[2]);
  return ARITHMETIC.has(node.op) && children(node).every(isLiteralNumber);
}

function isZero(node: ASTNode): boolean {
  return node.op === 'value' && (node.args === 0n || node.args === 0);
}

/** CEL counts literals in machine integers and floats; a pack must not (1/3 would be 0), and cannot divide by a written zero. */
function staticProblem(text: string, root: ASTNode): FormulaProblem | null {
  for (const node of walk(root)) {
    const at = { start: node.range.start, end: node.range.end };
    const detail = text.slice(at.start, at.end);
    if ((node.op === 'call' || node.op === 'rcall') && !FUNCTIONS.has(node.args[0])) {
      return { code: 'packs.formula-function', params: { formula: text, detail: node.args[0] }, ...at };
    }
    if (node.op === '/' && isZero(node.args[1])) {
      return { code: 'packs.formula-divides-by-zero', params: { formula: text, detail }, ...at };
    }
    if (ARITHMETIC.has(node.op) && children(node).every(isLiteralNumber)) {
      return { code: 'packs.formula-literal-arithmetic', params: { formula: text, detail }, ...at };
    }
  }
  return null;
}

function namesRead(root: ASTNode): string[] {
  const names = new Set<string>();
  const nameOf = (node: ASTNode): string | null => {
    if (node.op === 'id') return node.args;
    if (node.op !== '.') return null;
    const parent = nameOf(node.args[0]);
    return parent === null ? null : `${parent}.${node.args[1]}`;
  };
  const visit = (node: ASTNode): void => {
    const name = nameOf(node);
    if (name !== null) names.add(name);
    else children(node).forEach(visit);
  };
  visit(root);
  return [...names];
}

function toValue(raw: unknown): FormulaResult {
  if (raw instanceof Exact || typeof raw === 'boolean' || typeof raw === 'string') return { ok: true, value: raw };
  const exact = typeof raw === 'bigint' || typeof raw === 'number' ? parseExact(raw) : null;
  return exact ? { ok: true, value: exact } : { ok: false, code: 'packs.formula-failed', name: '' };
}

function toFailure(text: string, error: unknown): FormulaFailure {
  if (error instanceof DivisionByZero) return { ok: false, code: 'packs.division-by-zero', name: '' };
  const { code, range } = error as CelError;
  if (code !== undefined && UNKNOWN_NAMES.has(code)) {
    const name = dottedNameBefore(text, range?.end ?? text.length);
    return { ok: false, code: name.startsWith('facts.') ? 'packs.fact-missing' : 'packs.value-missing', name };
  }
  return { ok: false, code: 'packs.formula-failed', name: '' };
}

/** Reads and type-checks a formula once; the result evaluates it as often as needed, in time bounded by the formula's size. */
export function compileFormula(environment: Environment, text: string, result: NameType): Compiled {
  const whole = { start: 0, end: text.length };
  if (text.length > MAX_TEXT) {
    const detail = String(MAX_TEXT);
    return {
      ok: false,
      problem: { code: 'packs.formula-too-large', params: { formula: text.slice(0, 80), detail }, ...whole },
    };
  }
  try {
    const parsed = environment.parse(text);
    const early = staticProblem(text, parsed.ast);
    if (early) return { ok: false, problem: early };
    const reads = namesRead(parsed.ast);
    const check = parsed.check();
    if (!check.valid) return { ok: false, problem: celProblem(text, check.error ?? { message: text }) };
    if (!RESULT_TYPES[result].includes(check.type ?? '')) {
      const detail = `${check.type} ≠ ${result}`;
      return { ok: false, problem: { code: 'packs.formula-type', params: { formula: text, detail }, ...whole } };
    }
    const evaluate = (bindings: Bindings): FormulaResult => {
      try {
        return toValue(parsed(bindings));
      } catch (error) {
        return toFailure(text, error);
      }
    };
    return { ok: true, formula: { reads, evaluate } };
  } catch (error) {
    return { ok: false, problem: celProblem(text, error as CelError) };
  }
}
