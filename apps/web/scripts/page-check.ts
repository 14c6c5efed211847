import path from 'node:path';
import { build, type Plugin } from 'vite';

const ENTRY = path.resolve(import.meta.dirname, '../src/lib/proof/check-page.ts');
const VIRTUAL = 'virtual:page-check';

/** The script of the checking page as one text: that page holds all it needs, so that it also runs from a file. */
async function scriptOf(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, minify: true, rolldownOptions: { input: ENTRY, output: { format: 'iife' } } },
  });
  for (const { output } of Array.isArray(built) ? built : 'output' in built ? [built] : []) {
    for (const chunk of output) if (chunk.type === 'chunk') return chunk.code.replaceAll('</script', '<\\/script');
  }
  throw new Error('the script of the checking page was not built');
}

export function pageCheck(): Plugin {
  return {
    name: 'dinh-page-check',
    resolveId: (id) => (id === VIRTUAL ? `\0${VIRTUAL}` : undefined),
    load: async (id) =>
      id === `\0${VIRTUAL}` ? `export const script = ${JSON.stringify(await scriptOf())};` : undefined,
  };
}
