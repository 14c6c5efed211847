import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPack, type PackFiles } from '../loading/public.ts';
import type { Pack } from '../schema/public.ts';
import { SAMPLE_FILES, SAMPLE_PACK } from './sample.ts';

/** A pack that a test takes for granted; an unsound one fails the test with its problems. */
export function soundPack(files: PackFiles): Pack {
  const result = loadPack(files);
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 1));
  return result.pack;
}

/** The sample with one text exchanged for another. */
export function samplePack(from = '', to = ''): Pack {
  return soundPack({ pack: SAMPLE_PACK.replace(from, () => to), strings: SAMPLE_FILES.strings });
}

export function libraryPack(id: string): Pack {
  const read = (name: string): string =>
    readFileSync(join(import.meta.dirname, '../../library', id, '1.0.0', name), 'utf8');
  return soundPack({
    pack: read('pack.yaml'),
    strings: { vi: read('strings.vi.yaml'), en: read('strings.en.yaml'), ar: read('strings.ar.yaml') },
  });
}
