import type { Pack } from '../schema/public.ts';
import { TITLED_SECTIONS, textKeys } from '../schema/public.ts';
import type { PackProblem } from './problem.ts';
import type { Path, YamlFile } from './yaml.ts';

const TITLED: ReadonlySet<string> = new Set(TITLED_SECTIONS);
const MAX_LENGTH = 2000;

interface Leaf {
  readonly path: Path;
  readonly value: unknown;
}

function* leaves(value: unknown, path: Path): Generator<Leaf> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) yield* leaves(inner, [...path, key]);
  } else yield { path, value };
}

/** "criteria.housing" means "criteria.housing.title": most things need a name and nothing else. */
function fullKey(path: Path): string {
  const key = path.join('.');
  const section = String(path[0]);
  const last = String(path.at(-1));
  return TITLED.has(section) && last !== 'title' && last !== 'help' ? `${key}.title` : key;
}

/** The nearest place in the file where a missing sentence would go. */
function parentOf(key: string, value: unknown): Path {
  const [section = ''] = key.split('.');
  return typeof value === 'object' && value !== null && Object.hasOwn(value, section) ? [section] : [];
}

/** One language of a pack: every sentence the pack needs, and none it does not know. */
export function readStrings(pack: Pack, yaml: YamlFile): { texts: Record<string, string>; problems: PackProblem[] } {
  const { required, optional } = textKeys(pack);
  const problems: PackProblem[] = [];
  const texts: Record<string, string> = {};
  for (const leaf of leaves(yaml.value, [])) {
    if (leaf.path.length === 0) {
      problems.push(yaml.problem([], 'packs.wrong-type', { at: yaml.file, expected: 'map' }));
      continue;
    }
    const key = fullKey(leaf.path);
    if (!required.has(key) && !optional.has(key))
      problems.push(yaml.problem(leaf.path, 'packs.string-unknown', { key }, 'key'));
    else if (typeof leaf.value !== 'string')
      problems.push(yaml.problem(leaf.path, 'packs.wrong-type', { at: key, expected: 'string' }));
    else if (leaf.value.trim() === '') problems.push(yaml.problem(leaf.path, 'packs.string-empty', { key }));
    else if (leaf.value.length > MAX_LENGTH) {
      problems.push(yaml.problem(leaf.path, 'packs.out-of-range', { at: key, bound: `≤ ${MAX_LENGTH}` }));
    } else texts[key] = leaf.value.trim();
  }
  const said = new Set([...leaves(yaml.value, [])].map((leaf) => fullKey(leaf.path)));
  for (const key of required) {
    if (!said.has(key)) problems.push(yaml.problem(parentOf(key, yaml.value), 'packs.string-missing', { key }, 'key'));
  }
  return { texts, problems };
}
