import { expect, test } from 'vitest';
import { evaluatePeriod } from '../assessment/public.ts';
import { libraryPack, samplePack } from '../testing/public.ts';
import { publicCriteria, publishedPeriod } from './public.ts';

test('nothing before its stage, and then only what the pack shows', () => {
  const pack = samplePack();
  const result = evaluatePeriod(pack, { entries: { meeting: { value: true } } });
  expect(publishedPeriod(pack, result, 'submitted')).toBeNull();
  expect(publishedPeriod(pack, result, 'locked')).toEqual({
    level: null,
    total: null,
    criteria: null,
    shows: ['level'],
  });
});

test('a sensitive criterion is not public even where criteria are shown', () => {
  const yearly = libraryPack('yearly-classification');
  const pack = { ...yearly, publication: { ...yearly.publication, shows: ['criteria' as const] } };
  const shown = publishedPeriod(pack, evaluatePeriod(pack, { entries: { disciplined: { value: 1 } } }), 'locked');
  expect(publicCriteria(pack).has('disciplined')).toBe(false);
  expect(JSON.stringify(shown)).not.toContain('disciplined');
  expect(shown?.criteria?.[0]).toMatchObject({ id: 'general', points: null });
});
