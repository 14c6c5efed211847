import type { Environment } from '@marcbachmann/cel-js';
import type { Pack } from '../schema/public.ts';
import { type Bindings, type Compiled, compileFormula, type FormulaResult } from './formula.ts';
import { environmentFor, type NameType, type Scope } from './scope.ts';
import { scopeOf, type View } from './sites.ts';

interface Compiler {
  compile(text: string, result: NameType, view: View): Compiled;
}

interface ScopeCompiler {
  readonly environment: Environment;
  readonly compiled: Map<string, Compiled>;
}

/**
 * Reading formulas is dear (milliseconds) and evaluating them cheap. What was read is kept by the names it may use, so a pack
 * that comes anew from a database with every request is not read anew. The oldest scope goes when there are too many.
 */
const scopes = new Map<string, ScopeCompiler>();
const MOST_SCOPES = 300;

function scopeCompiler(scope: Scope): ScopeCompiler {
  const key = JSON.stringify(scope);
  const known = scopes.get(key);
  if (known) return known;
  const made = { environment: environmentFor(scope), compiled: new Map<string, Compiled>() };
  const [oldest] = scopes.keys();
  if (scopes.size >= MOST_SCOPES && oldest !== undefined) scopes.delete(oldest);
  scopes.set(key, made);
  return made;
}

const compilers = new WeakMap<Pack, Compiler>();

function newCompiler(pack: Pack): Compiler {
  const views = new Map<View, ScopeCompiler>();
  return {
    compile(text, result, view) {
      let scope = views.get(view);
      if (!scope) {
        scope = scopeCompiler(scopeOf(pack, view));
        views.set(view, scope);
      }
      const key = `${result} ${text}`;
      let compiled = scope.compiled.get(key);
      if (!compiled) {
        compiled = compileFormula(scope.environment, text, result);
        scope.compiled.set(key, compiled);
      }
      return compiled;
    },
  };
}

export function compilerFor(pack: Pack): Compiler {
  let compiler = compilers.get(pack);
  if (!compiler) {
    compiler = newCompiler(pack);
    compilers.set(pack, compiler);
  }
  return compiler;
}

/** An adopted pack has the formulas of the pack it was made from, so it need not read them again. */
export function inheritFormulas(adopted: Pack, base: Pack): void {
  compilers.set(adopted, compilerFor(base));
}

/** Evaluates one formula of a pack. A formula the linter would refuse answers `packs.formula-failed`. */
export function evaluateFormula(
  pack: Pack,
  text: string,
  result: NameType,
  view: View,
  bindings: Bindings,
): FormulaResult {
  const compiled = compilerFor(pack).compile(text, result, view);
  return compiled.ok ? compiled.formula.evaluate(bindings) : { ok: false, code: 'packs.formula-failed', name: '' };
}
