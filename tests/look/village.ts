// Serves the small country of the browser tests while its pages are being drawn: changes show at once.
//   DINH_DATA=… PORT=4100 node tests/look/village.ts
// Prints a session cookie for each post, for `shoot.ts --cookie`.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { createApi } from '@dinh/api/http';
import { createSignIn } from '@dinh/operations/people';
import { openDatabase, resolveDatabase } from '@dinh/store/connection';
import { migrate } from '@dinh/store/migrations';
import { createServer } from 'vite';
import { giveAccount, signedIn } from '../e2e/signed-in.ts';
import { plantVillage } from '../e2e/village.ts';

/** Names under which the features of some packages are imported. */
async function doors(packages: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    packages.map(async (name) => {
      const folders = await readdir(path.resolve(import.meta.dirname, `../../packages/${name}/src`));
      return folders.map((feature) => `@dinh/${name}/${feature}`);
    }),
  );
  return found.flat();
}

const data = path.resolve(process.env.DINH_DATA ?? '.data/village');
const server = await resolveDatabase({ DATABASE_URL: process.env.DATABASE_URL, DINH_DATA: data }, () => {});
await migrate(server.url);
const database = openDatabase({ url: server.url });
const services = { database, filesDirectory: path.join(data, 'files') };
const signIn = await createSignIn(services, { dataDirectory: data });
const api = createApi(services, {
  actorOf: async () => ({ actor: { kind: 'anonymous' }, scopes: null }),
  log: console.error,
});
Reflect.set(globalThis, Symbol.for('dinh.services'), { services, signIn, api });
const planted = await plantVillage(services);
const root = path.resolve(import.meta.dirname, '../../apps/web');
process.chdir(root);
const vite = await createServer({
  root,
  server: { port: Number(process.env.PORT ?? 4100), strictPort: true, hmr: false },
  // The pages must use the very modules that opened the database, as the built ones do.
  ssr: { external: await doors(['api', 'domain', 'operations', 'packs', 'store']) },
});
await vite.listen();
const people = {
  village: planted.villages[0],
  commune: planted.commune,
  province: planted.province,
  cell: planted.cell,
};
for (const [post, person] of Object.entries(people)) {
  await giveAccount(services, person);
  console.log(
    post,
    person.unitId,
    (await signedIn(signIn, person)).map(({ name, value }) => `${name}=${value}`).join('; '),
  );
}
console.log('period', planted.period, 'villages', planted.villages.map(({ unitId }) => unitId).join(' '));
process.once('SIGTERM', async () => {
  await vite.close();
  await database.close();
  await server.stop();
  process.exit(0);
});
