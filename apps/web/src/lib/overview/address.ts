/** What the address of an overview says. Everything is in the address, so that a link, a reload and "back" show the same. */
export interface OverviewQuery {
  programme?: string | undefined;
  period?: string | undefined;
  /** By the tree of this day instead of the period's last day. */
  asOf?: string | undefined;
  kind?: string | undefined;
  /** An order by name, or a column of the heat table as `column:` and its id: those that miss it most come first. */
  sort?: SortOrder | `column:${string}` | undefined;
  /** Parts passed over, where there are more than fit one page. */
  parts?: string | undefined;
  /** One group of criteria opened in the heat table. */
  group?: string | undefined;
  /** The figure whose units are listed: of which unit … */
  of?: string | undefined;
  /** … and of which criterion (`group:` before the name of a group). */
  criterion?: string | undefined;
  which?: string | undefined;
  level?: string | undefined;
  from?: string | undefined;
}

export const sortOrders = ['name', 'need', 'gap'] as const;
export type SortOrder = (typeof sortOrders)[number];

const columnOf = (sort: string): `column:${string}` | undefined =>
  /^column:[a-z0-9_-]{1,60}$/.test(sort) ? (sort as `column:${string}`) : undefined;

const names = [
  'programme',
  'period',
  'asOf',
  'kind',
  'sort',
  'parts',
  'group',
  'of',
  'criterion',
  'which',
  'level',
  'from',
] as const satisfies readonly (keyof OverviewQuery)[];

/** What the reader had opened to see behind a figure. */
export const closed = {
  of: undefined,
  criterion: undefined,
  which: undefined,
  level: undefined,
  from: undefined,
} satisfies OverviewQuery;

export function readQuery(url: URL): OverviewQuery {
  const found = Object.fromEntries(
    names.flatMap((name) => {
      const value = url.searchParams.get(name)?.trim();
      return value ? [[name, value]] : [];
    }),
  ) as OverviewQuery;
  const sort = sortOrders.find((order) => order === found.sort) ?? columnOf(found.sort ?? '');
  return { ...found, sort };
}

function withQuery(path: string, query: OverviewQuery, hash = ''): string {
  const text = new URLSearchParams();
  for (const name of names) {
    const value = query[name];
    if (value !== undefined && value !== '') text.set(name, value);
  }
  const search = text.toString();
  return `${path}${search ? `?${search}` : ''}${hash}`;
}

export const overviewHref = (unitId: number, query: OverviewQuery, hash?: string): string =>
  withQuery(`/units/${unitId}/overview`, query, hash);

export const reportHref = (unitId: number, query: OverviewQuery): string =>
  withQuery(`/units/${unitId}/report`, { ...query, ...closed, group: undefined });

export const exportHref = (unitId: number, query: OverviewQuery, format: 'csv' | 'xlsx'): string =>
  withQuery(`/units/${unitId}/overview/export.${format}`, { ...query, ...closed, group: undefined });

/** The sheet a figure comes from; with a criterion, at that criterion. */
export const sheetHref = (unitId: number, programme: string, period: string, criterion?: string | null): string =>
  `/units/${unitId}/programmes/${encodeURIComponent(programme)}/${encodeURIComponent(period)}${criterion ? `#c-${criterion}` : ''}`;
