import { isAlias, isMap, isNode, isScalar, LineCounter, type Node, type Pair, parseDocument, visit } from 'yaml';
import type { PackFile, PackProblem, ProblemCode } from './problem.ts';

export type Path = readonly (string | number)[];

/** No programme needs more; what is larger is refused before anything reads it. */
const MAX_BYTES = 256 * 1024;
const MAX_DEPTH = 24;
const MAX_PROBLEMS = 20;

/** A YAML file read without surprises, and the way back from a value to its line. */
export interface YamlFile {
  readonly file: PackFile;
  readonly value: unknown;
  problem(
    path: Path,
    code: ProblemCode,
    params?: Readonly<Record<string, string>>,
    at?: 'value' | 'key',
    offset?: number,
  ): PackProblem;
}
export type ReadYaml =
  | { readonly ok: true; readonly yaml: YamlFile }
  | { readonly ok: false; readonly problems: PackProblem[] };

/** Depth by counting alone, before a parser that recurses sees the text. Quoted brackets count too: no programme has so many. */
function bracketDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === '[' || character === '{') depth += 1;
    else if ((character === ']' || character === '}') && depth > 0) depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** Block collections nest by indentation or by dashes on one line; both show in the leading characters of a line. */
function blockDepth(text: string): number {
  let deepest = 0;
  for (const line of text.split('\n')) {
    const dashes = /^[ ]*((?:[-?:][ ]+)*)/.exec(line)?.[1] ?? '';
    deepest = Math.max(deepest, dashes.replaceAll(' ', '').length);
  }
  return deepest;
}

function nodeAt(root: Node | null, path: Path, at: 'value' | 'key'): Node | null {
  let node: Node | null = root;
  for (const [index, step] of path.entries()) {
    const collection: Node | null = node;
    if (isMap(collection)) {
      const pair: Pair | undefined = collection.items.find(
        (item) => isScalar(item.key) && String(item.key.value) === String(step),
      );
      if (!pair) return node;
      const wanted = at === 'key' && index === path.length - 1 ? pair.key : pair.value;
      node = isNode(wanted) ? wanted : isNode(pair.key) ? pair.key : node;
    } else if (collection && 'items' in collection && Array.isArray(collection.items)) {
      const item: unknown = collection.items[Number(step)];
      if (!isNode(item)) return node;
      node = item;
    } else return node;
  }
  return node;
}

export function readYaml(file: PackFile, text: string): ReadYaml {
  const first = (code: ProblemCode, params: Record<string, string> = {}): ReadYaml => ({
    ok: false,
    problems: [{ file, line: 1, column: 1, code, params }],
  });
  // Characters are never fewer than a third of the bytes, so the cheap test comes first.
  if (text.length > MAX_BYTES) return first('packs.file-too-large', { most: String(MAX_BYTES) });
  const most = String(MAX_DEPTH);
  if (bracketDepth(text) > MAX_DEPTH || blockDepth(text) > MAX_DEPTH) return first('packs.too-deep', { most });
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true, prettyErrors: false });
    const at = (offset: number): { line: number; column: number } => {
      const { line, col } = lines.linePos(offset);
      return { line: Math.max(line, 1), column: Math.max(col, 1) };
    };
    const faults = [...document.errors, ...document.warnings].slice(0, MAX_PROBLEMS);
    if (faults.length > 0) {
      const problems = faults.map((fault): PackProblem => {
        const code = fault.code === 'DUPLICATE_KEY' ? 'packs.duplicate-key' : 'packs.yaml-syntax';
        return { file, ...at(fault.pos[0]), code, params: { detail: fault.message } };
      });
      return { ok: false, problems };
    }
    const forbidden: PackProblem[] = [];
    visit(document, {
      Node(_key, node, path) {
        const place = at(node.range?.[0] ?? 0);
        if (isAlias(node)) forbidden.push({ file, ...place, code: 'packs.alias', params: { name: node.source } });
        else if (path.length > MAX_DEPTH * 2)
          forbidden.push({ file, ...place, code: 'packs.too-deep', params: { most } });
        else return undefined;
        return visit.BREAK;
      },
    });
    if (forbidden.length > 0) return { ok: false, problems: forbidden };
    const problem: YamlFile['problem'] = (path, code, params = {}, where = 'value', offset = 0) => {
      const node = nodeAt(document.contents, path, where);
      const quoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') ? 1 : 0;
      // A folded block's offsets are not its value's, so only what stands on one line is pointed into.
      const inside = offset > 0 && isScalar(node) && !node.type?.startsWith('BLOCK') ? offset + quoted : 0;
      return { file, ...at((node?.range?.[0] ?? 0) + inside), code, params };
    };
    return { ok: true, yaml: { file, value: document.toJS({ maxAliasCount: 0 }), problem } };
  } catch (error) {
    // The parser recurses on what nests; running out of stack is the same fault seen later.
    if (error instanceof RangeError) return first('packs.too-deep', { most });
    return first('packs.yaml-syntax', { detail: error instanceof Error ? error.message : '' });
  }
}
