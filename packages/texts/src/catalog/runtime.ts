// What a compiled message calls at run time. It is small because every page downloads it.

export type Params = Readonly<Record<string, string | number>>;
/** A message without arguments stays plain text; one with arguments is a function of them. */
export type Message = string | ((params: Params) => string);
type Branches = Record<string, string | (() => string)>;

function chosen(branches: Branches, ...keys: string[]): string {
  const key = keys.find((candidate) => Object.hasOwn(branches, candidate)) ?? 'other';
  const branch = branches[key];
  return typeof branch === 'function' ? branch() : (branch ?? '');
}

export function runtime(locale: string) {
  const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  const cardinal = new Intl.PluralRules(locale);
  const ordinal = new Intl.PluralRules(locale, { type: 'ordinal' });
  const number = (value: string | number | undefined): string => decimal.format(Number(value));
  return {
    /** A plain argument: numbers are written the way the locale writes them, texts stay as they are. */
    v: (value: string | number | undefined): string =>
      typeof value === 'number' ? number(value) : String(value ?? ''),
    n: number,
    p: (value: string | number | undefined, offset: number, branches: Branches): string =>
      chosen(branches, `=${value}`, cardinal.select(Number(value) - offset)),
    o: (value: string | number | undefined, offset: number, branches: Branches): string =>
      chosen(branches, `=${value}`, ordinal.select(Number(value) - offset)),
    s: (value: string | number | undefined, branches: Branches): string => chosen(branches, String(value)),
  };
}
