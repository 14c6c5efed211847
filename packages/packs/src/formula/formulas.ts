import type { Environment } from '@marcbachmann/cel-js';
import type { Pack } from '../schema/public.ts';
import { type Bindings, type Compiled, compileFormula, type FormulaResult } from './formula.ts';
import { environmentFor, type NameType } from './scope.ts';
import { scopeOf, type View } from './sites.ts';

interface Compiler {
  compile(text: string, result: NameType, view: View): Compiled;
}

/** Reading formulas is dear and evaluating them cheap, so a pack object keeps what was read for it. */
const compilers = new WeakMap<Pack, Compiler>();

function newCompiler(pack: Pack): Compiler {
  const environments = new Map<View, Environment>();
  const compiled = new Map<string, Compiled>();
  return {
    compile(text, result, view) {
      const key = `${view} ${result} ${text}`;
      let known = compiled.get(key);
      if (!known) {
        let environment = environments.get(view);
        if (!environment) {
          environment = environmentFor(scopeOf(pack, view));
          environments.set(view, environment);
        }
        known = compileFormula(environment, text, result);
        compiled.set(key, known);
      }
      return known;
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
