import type { IconName } from '#lib/ui/Icon.svelte';

export interface Place {
  key: 'today' | 'meetings' | 'tasks' | 'programmes' | 'units' | 'people' | 'overview' | 'more';
  icon: IconName;
  href: string;
  /** Whether it has a tab on a phone; the others are reached through "more". */
  tab: boolean;
}

export const places: readonly Place[] = [
  { key: 'today', icon: 'today', href: '/', tab: true },
  { key: 'tasks', icon: 'tasks', href: '/tasks', tab: true },
  { key: 'meetings', icon: 'meetings', href: '/meetings', tab: true },
  { key: 'programmes', icon: 'programmes', href: '/programmes', tab: true },
  { key: 'units', icon: 'units', href: '/units', tab: false },
  { key: 'people', icon: 'people', href: '/people', tab: false },
  { key: 'overview', icon: 'overview', href: '/overview', tab: false },
  { key: 'more', icon: 'more', href: '/more', tab: true },
];

/** Which place a path belongs to. A place without a tab lights "more" on a phone. */
export function placeOf(pathname: string): Place['key'] | undefined {
  if (/^\/units\/\d+\/(overview|report)(\/|$)/.test(pathname)) return 'overview';
  if (/^\/units\/\d+\/meetings(\/|$)/.test(pathname)) return 'meetings';
  if (/^\/units\/\d+\/tasks(\/|$)/.test(pathname)) return 'tasks';
  const found = places.find(({ href }) => (href === '/' ? pathname === '/' : `${pathname}/`.startsWith(`${href}/`)));
  return found?.key;
}
