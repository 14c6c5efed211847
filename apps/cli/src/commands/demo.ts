import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openDatabase } from '@dinh/store/connection';
import { beginDemoFill, demoFill, emptyDatabase, endDemoFill } from '@dinh/store/maintenance';
import type { Command } from '../command.ts';
import type { Installation } from '../installation.ts';
import { addressOf } from '../serving/listen.ts';
import { serveUntilStopped } from '../serving/run.ts';
import { OK, stopped } from '../terminal/failure.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** A post of the demo with the ways in: `link` signs a person in, `token` is for programs. */
type DemoPost = { post: string; unit: string; link: string; token: string };
/** What `$DINH_DATA/demo.json` holds: people's scripts and the browser tests read it. */
type DemoCard = { posts: DemoPost[]; pages: string[] };

const CARD = 'demo.json';

/** Addresses of the demo, wherever the server listens this time. */
function addressed(card: DemoCard, base: string): DemoCard {
  const moved = (address: string) => {
    const { pathname, search, hash } = new URL(address, base);
    return `${base}${pathname}${search}${hash}`;
  };
  return { posts: card.posts.map((each) => ({ ...each, link: moved(each.link) })), pages: card.pages.map(moved) };
}

async function writeCard(file: string, card: DemoCard): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const part = `${file}.part`;
  await writeFile(part, `${JSON.stringify(card, null, 2)}\n`, { mode: 0o600 });
  await chmod(part, 0o600);
  await rename(part, file);
}

async function readCard(file: string): Promise<DemoCard | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as DemoCard;
  } catch {
    return null;
  }
}

const PAGES_SHOWN = 3;

function pagesOf({ pages }: DemoCard, { dataFolder }: Installation, { say }: Terminal): string[] {
  if (pages.length === 0) return [];
  const left = pages.length - PAGES_SHOWN;
  const more = say('cli.demo.more-pages', { count: left, file: path.join(dataFolder, CARD) });
  return [
    say('cli.demo.pages'),
    ...pages.slice(0, PAGES_SHOWN).map((page) => `  ${page}`),
    ...(left > 0 ? [`  ${more}`] : []),
  ];
}

async function fill({ services, url }: Installation, { say, note }: Terminal): Promise<DemoCard> {
  // Loaded only when needed: the address data of a whole country is large.
  const { fillDemo } = await import('@dinh/demo/scenarios');
  const began = Date.now();
  await beginDemoFill(services.database);
  // A fill that was cut short is done anew, so its commits need not wait for the disk; the last one, which says that it is whole, does.
  const database = openDatabase({ url, hurried: true });
  const card = await fillDemo({ ...services, database }, note).finally(() => database.close());
  await endDemoFill(services.database);
  note(say('cli.demo.filled', { seconds: Math.round((Date.now() - began) / 1000) }));
  return card;
}

/** The demo's card: made by filling an unused database, or read from an earlier fill. Never touches anybody's own data. */
async function cardOf(installation: Installation, terminal: Terminal, base: string): Promise<DemoCard> {
  const file = path.join(installation.dataFolder, CARD);
  const { database } = installation.services;
  let state = await demoFill(database);
  if (state === 'foreign') stopped('cli.demo.foreign', {});
  if (state === 'cut-short') {
    terminal.note(terminal.say('cli.demo.again'));
    await emptyDatabase(database);
    state = 'empty';
  }
  if (state === 'empty') {
    const card = addressed(await fill(installation, terminal), base);
    await writeCard(file, card);
    return card;
  }
  const known = await readCard(file);
  if (!known) return stopped('cli.demo.card-lost', { file });
  const card = addressed(known, base);
  await writeCard(file, card);
  return card;
}

export const demo: Command = {
  name: 'demo',
  usage: 'demo',
  summary: 'cli.demo.summary',
  run: async ({ environment, terminal }) => {
    const { say } = terminal;
    await serveUntilStopped(addressOf(environment), environment, terminal, async (installation, base) => {
      const card = await cardOf(installation, terminal, base);
      const width = Math.max(0, ...card.posts.map(({ post, unit }) => `${post} · ${unit}`.length));
      // The ways in come last: they are what a terminal of a few lines must still show.
      return [
        ...pagesOf(card, installation, terminal),
        say('cli.demo.posts'),
        ...card.posts.map(({ post, unit, link }) => `  ${`${post} · ${unit}`.padEnd(width)}  ${link}`),
      ];
    });
    return OK;
  },
};
