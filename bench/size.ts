/** How much the bench loads: a quick look by default, the whole country with `--full`. */
export type Size = {
  name: 'quick' | 'full';
  provinces: number;
  communes: number;
  villages: number;
  months: number;
  importedUnits: number;
  /** Seconds allowed for the import, in proportion to its units. */
  importSeconds: number;
  submissions: number;
};

export const CRITERIA = 20;
export const FIRST_MONTH = '2025-11';

export const sizes: Record<Size['name'], Size> = {
  quick: {
    name: 'quick',
    provinces: 34,
    communes: 340,
    villages: 5_000,
    months: 3,
    importedUnits: 25_000,
    importSeconds: 6,
    submissions: 400,
  },
  full: {
    name: 'full',
    provinces: 34,
    communes: 3_321,
    villages: 250_000,
    months: 12,
    importedUnits: 250_000,
    importSeconds: 60,
    submissions: 2_000,
  },
};
