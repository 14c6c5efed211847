import type { PublicLine, PublicSection } from '@dinh/domain/publications';
import type { PublicBelow } from '@dinh/store/publications';
import type { Translator } from '@dinh/texts/catalog';
import { section } from './sections.ts';
import { inLanguage, line } from './words.ts';

type Programme = PublicBelow['units'][number]['programmes'][number];

/** The units below with pages of their own; what most of them take part in is named first, so that one can read down the list. */
export function belowSection(t: Translator, { units, total }: PublicBelow): PublicSection[] {
  const common = new Map<string, number>();
  for (const { key } of units.flatMap(({ programmes }) => programmes)) common.set(key, (common.get(key) ?? 0) + 1);
  const first = (a: Programme, b: Programme) =>
    (common.get(b.key) ?? 0) - (common.get(a.key) ?? 0) || (a.key < b.key ? -1 : 1);
  const metText = ({ met, of }: Programme) => (of === 0 ? null : t('publications.page.met', { met, of }));
  const named = ({ title, level }: Programme) =>
    level === null ? title : t('publications.page.programme-level', { programme: title, level });
  const lines = units.map(({ name, code, programmes }): PublicLine => {
    const [main, ...others] = programmes.toSorted(first);
    const value = main ? metText(main) : null;
    return {
      text: name,
      ...(value !== null && { value }),
      detail: main
        ? line(named(main), ...others.flatMap((other) => [named(other), metText(other)]))
        : t('publications.page.unverified'),
      href: inLanguage(t, `/p/${code}`),
    };
  });
  if (total > units.length) lines.push({ text: t('publications.page.more-below', { count: total - units.length }) });
  return section('below', t('publications.page.below'), lines);
}
