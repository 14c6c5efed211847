import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'vite';

/**
 * Sends a page the texts it can show, and no others. What those are is read from the sources: every message key that stands literally
 * in the page's modules, and every key that begins with a literal stem (`sheet.state.${…}`, 'reason.'). A module whose keys come from
 * elsewhere says so in a comment, `texts: <stem>`. Layouts and the error page make up `core`, which every page has; `all` is for a
 * key that was missed.
 */
const WEB = path.resolve(import.meta.dirname, '..');
const SOURCE = path.join(WEB, 'src');
const ROUTES = path.join(SOURCE, 'routes');
const GENERATED = path.resolve(WEB, '../../packages/texts/src/generated');
const languages = ['vi', 'en', 'ar'] as const;
const FOLDER = '_app/immutable/texts';
const VIRTUAL = 'virtual:page-texts';

const IMPORT = /(?:^|\s)(?:import|export)\s(?!type\s)[^'";]*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;
const LITERAL = /['"`]([a-z][\w-]*(?:\.[\w-]+)+)['"`]/g;
const STEM = /`([a-z][\w-]*\.[\w.-]*)\$\{|['"]([a-z][\w.-]*[.-])['"]|texts: ([a-z][\w.-]*\.)/g;

/** The name of a page's texts: its route id in plain letters. The browser makes the same one. */
const nameOf = (route: string): string => `page${route.replaceAll(/[^a-z0-9]+/gi, '-')}`;

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function modulesOf(entry: string, seen: Set<string>): Promise<void> {
  if (seen.has(entry) || !(await exists(entry))) return;
  seen.add(entry);
  const source = await readFile(entry, 'utf8');
  for (const [, from, dynamic] of source.matchAll(IMPORT)) {
    const name = from ?? dynamic ?? '';
    if (name.startsWith('#lib/')) await modulesOf(path.join(SOURCE, 'lib', name.slice(5)), seen);
    else if (name.startsWith('.')) await modulesOf(path.resolve(path.dirname(entry), name), seen);
  }
}

async function keysOf(entries: readonly string[], known: readonly string[]): Promise<Set<string>> {
  const modules = new Set<string>();
  for (const entry of entries) await modulesOf(entry, modules);
  const literal = new Set<string>();
  const stems = new Set<string>();
  for (const file of modules) {
    const source = await readFile(file, 'utf8');
    for (const [, key] of source.matchAll(LITERAL)) literal.add(key ?? '');
    for (const [, template, plain, told] of source.matchAll(STEM)) stems.add(template ?? plain ?? told ?? '');
  }
  return new Set(known.filter((key) => literal.has(key) || [...stems].some((stem) => key.startsWith(stem))));
}

/** Compiled messages by key, as source: one line each in what `@dinh/texts` generates. */
async function messagesOf(language: string): Promise<Map<string, string>> {
  const source = await readFile(path.join(GENERATED, `${language}.js`), 'utf8');
  return new Map(
    [...source.matchAll(/^ {2}("(?:[^"\\]|\\.)*"): (.*),$/gm)].map(([, key = '""', text = '']) => [
      JSON.parse(key) as string,
      text,
    ]),
  );
}

async function filesOf(): Promise<Map<string, string>> {
  const catalogs = new Map<string, Map<string, string>>();
  for (const language of languages) catalogs.set(language, await messagesOf(language));
  const known = [...(catalogs.get('vi')?.keys() ?? [])];
  const found = (await readdir(ROUTES, { recursive: true })).map((name) => path.join(ROUTES, name));
  const shared = found.filter((file) => /\+(layout|error)\.svelte$/.test(file));
  const core = await keysOf(shared, known);
  const parts = new Map<string, Iterable<string>>([
    ['core', core],
    ['all', known],
  ]);
  for (const page of found.filter((file) => file.endsWith('+page.svelte'))) {
    const route = `/${path.relative(ROUTES, path.dirname(page)).split(path.sep).join('/')}`;
    const name = nameOf(route === '/' ? '/' : route);
    if (parts.has(name)) throw new Error(`two routes have the texts ${name}`);
    const server = page.replace(/\.svelte$/, '.server.ts');
    parts.set(
      name,
      [...(await keysOf([page, server], known))].filter((key) => !core.has(key)),
    );
  }
  const files = new Map<string, string>();
  for (const [language, messages] of catalogs) {
    for (const [name, keys] of parts) {
      const lines = [...keys].map((key) => `${JSON.stringify(key)}:${messages.get(key)}`);
      files.set(`${language}/${name}.js`, `export default({v,n,p,o,s})=>({\n${lines.join(',\n')}\n})\n`);
    }
  }
  return files;
}

export function pageTexts(): Plugin {
  let files: Promise<Map<string, string>> | undefined;
  const version = async (): Promise<string> => {
    files ??= filesOf();
    const hash = createHash('sha256');
    for (const [name, content] of await files) hash.update(name).update(content);
    return hash.digest('hex').slice(0, 10);
  };
  return {
    name: 'dinh-page-texts',
    resolveId: (id) => (id === VIRTUAL ? `\0${VIRTUAL}` : undefined),
    load: async (id) =>
      id === `\0${VIRTUAL}` ? `export const place = ${JSON.stringify(`/${FOLDER}/${await version()}`)};` : undefined,
    async generateBundle() {
      if (this.environment.name !== 'client') return;
      const folder = `${FOLDER}/${await version()}`;
      for (const [name, source] of (await files) ?? [])
        this.emitFile({ type: 'asset', fileName: `${folder}/${name}`, source });
    },
  };
}
