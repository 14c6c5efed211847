import { periodEnd, periodStart } from '@dinh/domain/kernel';

type About = { unitId: number; period: string };

const shows: Readonly<Record<string, string>> = {
  'tasks.due': 'agreed',
  'tasks.done': 'done',
  'tasks.done_on_time': 'done-on-time',
  'tasks.done_late': 'done-late',
  'tasks.exceeded': 'exceeded',
  'tasks.overdue': 'overdue',
};

/** Pages that show what a fact was counted from, by the fact's key. Every feature that yields facts adds its line. */
const pages: readonly { keys: RegExp; href: (about: About, fact: string) => string }[] = [
  {
    keys: /^tasks\./,
    href: ({ unitId, period }, fact) => {
      const show = shows[fact] ?? 'agreed';
      return `/units/${unitId}/tasks?${new URLSearchParams({ show, from: periodStart(period), to: periodEnd(period) })}`;
    },
  },
  { keys: /^people\.members_with_task$/, href: ({ unitId }) => `/units/${unitId}/tasks?view=people` },
  { keys: /^people\./, href: ({ unitId }) => `/people/${unitId}` },
  { keys: /^meetings\.products_approved$/, href: ({ unitId }) => `/units/${unitId}/themes` },
  { keys: /^meetings\.(minutes_signed|resolutions_adopted)$/, href: ({ unitId }) => `/units/${unitId}/documents` },
  { keys: /^meetings\./, href: ({ unitId, period }) => `/units/${unitId}/meetings?year=${period.slice(0, 4)}` },
  { keys: /^programmes\./, href: ({ unitId }) => `/units/${unitId}/programmes` },
  {
    keys: /^works\./,
    href: ({ unitId, period }) => {
      // Totals are of years and months; a quarter is seen in its year.
      const shown = /^\d{4}-\d\d$/.test(period) ? period : period.slice(0, 4);
      return `/units/${unitId}/works/totals?period=${shown}`;
    },
  },
  { keys: /^assets\./, href: ({ unitId }) => `/units/${unitId}/assets` },
];

/** Where a reader sees what filled a criterion; undefined where no page shows it. */
export function factLink(fact: string, about: About): string | undefined {
  return pages.find(({ keys }) => keys.test(fact))?.href(about, fact);
}
