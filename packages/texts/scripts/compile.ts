// Compiles messages/<language>/*.json into src/generated. `--check` writes nothing and fails when the result would differ.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Language, languages, localeOf } from '../src/catalog/language.ts';
import { type Arguments, compileMessage } from './emit.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const header =
  '// Compiled from packages/texts/messages: change the messages, then run `npm run compile -w @dinh/texts`.\n';

interface Entry {
  file: string;
  source: string;
  arguments: Arguments;
}
type Entries = Map<string, Entry>;

async function readLanguage(language: Language, problems: string[]): Promise<Entries> {
  const folder = join(root, 'messages', language);
  const entries: Entries = new Map();
  for (const name of (await readdir(folder)).filter((each) => each.endsWith('.json')).sort()) {
    const file = `${language}/${name}`;
    let content: unknown;
    try {
      content = JSON.parse(await readFile(join(folder, name), 'utf8'));
    } catch (error) {
      problems.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
      continue;
    }
    if (typeof content !== 'object' || content === null || Array.isArray(content)) {
      problems.push(`${file}: must be one flat object of key and text`);
      continue;
    }
    for (const [key, text] of Object.entries(content)) {
      const twice = entries.get(key);
      if (twice) problems.push(`${file}: ${key} is already in ${twice.file}`);
      if (typeof text !== 'string') {
        problems.push(`${file}: ${key} is not a text`);
        continue;
      }
      try {
        entries.set(key, { file, ...compileMessage(text, localeOf[language]) });
      } catch (error) {
        problems.push(`${file}: ${key}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  return entries;
}

const namesOf = (entry: Entry): string => [...entry.arguments.keys()].sort().join(', ') || 'none';

function compare(all: Map<Language, Entries>, problems: string[]): void {
  const keys = new Set([...all.values()].flatMap((entries) => [...entries.keys()]));
  for (const key of [...keys].sort()) {
    const present = languages.filter((language) => all.get(language)?.has(key));
    const first = all.get(present[0] ?? 'vi')?.get(key);
    if (!first) continue;
    for (const language of languages) {
      const entry = all.get(language)?.get(key);
      if (!entry) problems.push(`${key}: missing in ${language} (it is in ${first.file})`);
      else if (namesOf(entry) !== namesOf(first)) {
        problems.push(
          `${key}: arguments are ${namesOf(first)} in ${first.file}, but ${namesOf(entry)} in ${entry.file}`,
        );
      }
    }
  }
}

function moduleOf(language: Language, entries: Entries): string {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.map(([key, entry]) => `  ${JSON.stringify(key)}: ${entry.source},`);
  return `${header}import { runtime } from '../catalog/runtime.ts';\n\nconst { v, n, p, o, s } = runtime('${localeOf[language]}');\n\nexport default {\n${lines.join('\n')}\n};\n`;
}

function keysModule(all: Map<Language, Entries>): string {
  const kinds = new Map<string, Arguments>();
  for (const entries of all.values()) {
    for (const [key, entry] of entries) {
      const merged = kinds.get(key) ?? new Map();
      for (const [name, kind] of entry.arguments) if (!merged.has(name) || kind !== 'plain') merged.set(name, kind);
      kinds.set(key, merged);
    }
  }
  const typeOf = { number: 'number', choice: 'string', plain: 'string | number' };
  const lines = [...kinds]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, found]) => {
      const fields = [...found].sort().map(([name, kind]) => `${JSON.stringify(name)}: ${typeOf[kind]}`);
      return `  ${JSON.stringify(key)}: ${fields.length ? `{ ${fields.join('; ')} }` : 'null'};`;
    });
  return `${header}\n/** What each message needs to be filled in; \`null\` for nothing. */\nexport interface MessageArguments {\n${lines.join('\n')}\n}\n\nexport type MessageKey = keyof MessageArguments;\n`;
}

const problems: string[] = [];
const all = new Map<Language, Entries>();
for (const language of languages) all.set(language, await readLanguage(language, problems));
compare(all, problems);

const declaration = `${header}import type { Message } from '../catalog/runtime.ts';\n\ndeclare const messages: Readonly<Record<string, Message>>;\nexport default messages;\n`;
const outputs = new Map<string, string>([['keys.ts', keysModule(all)]]);
for (const [language, entries] of all) {
  outputs.set(`${language}.js`, moduleOf(language, entries));
  outputs.set(`${language}.d.ts`, declaration);
}

const checking = process.argv.includes('--check');
const folder = join(root, 'src/generated');
await mkdir(folder, { recursive: true });
for (const [name, content] of outputs) {
  const current = await readFile(join(folder, name), 'utf8').catch(() => '');
  if (current === content) continue;
  if (checking) problems.push(`src/generated/${name} is stale: run npm run compile -w @dinh/texts`);
  else await writeFile(join(folder, name), content);
}

for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error(`${problems.length} problem(s) in the messages`);
  process.exitCode = 1;
} else {
  console.log(`${all.get('vi')?.size ?? 0} messages in ${languages.join(', ')}`);
}
