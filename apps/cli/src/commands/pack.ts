import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { execute } from '@dinh/operations/kernel';
import { addPack, packs } from '@dinh/operations/programmes';
import { loadPack, type PackFiles } from '@dinh/packs/loading';
import type { Command, Context } from '../command.ts';
import { withInstallation } from '../installation.ts';
import { misused, OK, REFUSED, stopped } from '../terminal/failure.ts';
import type { Terminal } from '../terminal/terminal.ts';

const actor = { kind: 'system', label: 'cli' } as const;

async function readPackFolder(folder: string): Promise<PackFiles> {
  const read = (name: string) => readFile(path.join(folder, name), 'utf8').catch(() => null);
  const needed = async (name: string) => (await read(name)) ?? stopped('cli.pack.file-missing', { file: name, folder });
  const examples = await read('worked-examples.yaml');
  return {
    pack: await needed('pack.yaml'),
    strings: {
      vi: await needed('strings.vi.yaml'),
      en: await needed('strings.en.yaml'),
      ar: await needed('strings.ar.yaml'),
    },
    ...(examples === null ? {} : { examples }),
  };
}

/** Says every problem with file, line and column, as editors and terminals link them. */
function lint(folder: string, files: PackFiles, { say, out }: Terminal): number {
  const loaded = loadPack(files);
  if (loaded.ok) {
    const { id, version, criteria } = loaded.pack;
    out(say('cli.pack.sound', { id, version, criteria: criteria.length, examples: loaded.examples }));
    return OK;
  }
  for (const { file, line, column, code, params } of loaded.problems) {
    out(`${path.join(folder, file)}:${line}:${column}  ${say.say(code, params)} (${code})`);
  }
  return REFUSED;
}

async function add(folder: string, files: PackFiles, { environment, terminal }: Context): Promise<number> {
  // The operation refuses an unsound pack by its first problem; here all of them are shown.
  if (!loadPack(files).ok) return lint(folder, files, terminal);
  const { strings, pack, examples } = files;
  const input = { pack, strings, ...(examples === undefined ? {} : { examples }) };
  const done = await withInstallation(environment, terminal, ({ services }) =>
    execute(services, addPack, input, { actor }),
  );
  const { programme, version } = done;
  terminal.out(terminal.say(done.added ? 'cli.pack.added' : 'cli.pack.there', { programme, version }));
  return OK;
}

async function show(key: string | undefined, { environment, terminal }: Context): Promise<number> {
  const found = await withInstallation(environment, terminal, ({ services }) =>
    execute(services, packs, {}, { actor }),
  );
  if (key === undefined) {
    for (const each of found.packs) terminal.out(`${each.key}  ${each.version}  ${each.validFrom} … ${each.validTo}`);
    return OK;
  }
  const mine = found.packs.filter((each) => each.key === key);
  if (mine.length === 0) stopped('cli.pack.unknown', { key });
  terminal.out(JSON.stringify(mine, null, 2));
  return OK;
}

export const pack: Command = {
  name: 'pack',
  usage: 'pack lint|add <folder> · pack show [key]',
  summary: 'cli.pack.summary',
  run: async (context) => {
    const [, what, which] = context.given.words;
    if (what === 'show') return show(which, context);
    if ((what !== 'lint' && what !== 'add') || which === undefined) {
      return misused('cli.needs', { what: 'lint|add|show', usage: pack.usage });
    }
    const files = await readPackFolder(which);
    return what === 'lint' ? lint(which, files, context.terminal) : add(which, files, context);
  },
};
