import { expect, test } from 'vitest';
import { factLink } from './fact-links.ts';

test.each([
  ['tasks.done_late', '/units/3/tasks?show=done-late&from=2026-11-01&to=2026-11-30'],
  ['tasks.due', '/units/3/tasks?show=agreed&from=2026-11-01&to=2026-11-30'],
  ['people.members_with_task', '/units/3/tasks?view=people'],
  ['assets.camera_working', '/units/3/assets'],
  ['meetings.present', '/units/3/meetings?year=2026'],
  ['meetings.minutes_signed', '/units/3/documents'],
  ['meetings.products_approved', '/units/3/themes'],
  ['programmes.model_residential_area_level', '/units/3/programmes'],
  ['works.garden_model_count_done', '/units/3/works/totals?period=2026-11'],
  ['stock.sold', undefined],
])('%s leads to %s', (fact, href) => {
  expect(factLink(fact, { unitId: 3, period: '2026-11' })).toBe(href);
});
