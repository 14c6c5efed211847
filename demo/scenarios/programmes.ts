import { readFile } from 'node:fs/promises';
import { addPack } from '@dinh/operations/programmes';
import type { Stage } from './clock.ts';
import { at } from './clock.ts';

const shipped = [
  'model-residential-area',
  'model-new-rural-commune',
  'smart-residential-area',
  'four-good-cell',
  'meeting-quality',
  'yearly-classification',
  'cooperative-self-review',
] as const;

/** Adds the seven programmes that come with Đình. */
export async function addProgrammes(stage: Stage): Promise<void> {
  for (const programme of shipped) {
    const file = (name: string) =>
      readFile(new URL(`../../packages/packs/library/${programme}/1.0.0/${name}`, import.meta.url), 'utf8');
    const [pack, vi, en, ar, examples] = await Promise.all(
      ['pack.yaml', 'strings.vi.yaml', 'strings.en.yaml', 'strings.ar.yaml', 'worked-examples.yaml'].map(file),
    );
    await at(stage, '2015-01-03', 'demo', addPack, {
      pack: pack!,
      strings: { vi: vi!, en: en!, ar: ar! },
      examples: examples!,
    });
  }
}
