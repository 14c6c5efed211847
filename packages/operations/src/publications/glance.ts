import type { PublicLine, PublicSection } from '@dinh/domain/publications';
import type { PublicPlace } from '@dinh/store/publications';
import type { Translator } from '@dinh/texts/catalog';
import type { PublishedDrive } from '../contributions/public.ts';
import type { PublishedWork } from '../works/public.ts';
import { totalsOf } from './given.ts';
import { section } from './sections.ts';
import { line, moneyText, nameIn } from './words.ts';

/** Named at first sight; the rest stands with its programme. */
const NAMED = 2;

function criteriaLine(t: Translator, { programmes }: PublicPlace): PublicLine[] {
  const counted = programmes.filter(({ of }) => of > 0);
  const sum = (field: 'met' | 'of') => counted.reduce((total, each) => total + each[field], 0);
  if (counted.length === 0) return [];
  const behind = counted.flatMap((each) => each.behind ?? []);
  const told = (isMet: boolean) => {
    const names = behind.filter(({ met }) => met === isMet).map(({ title }) => nameIn(t, title));
    const shown = names.slice(0, NAMED);
    if (names.length === 0) return null;
    const more = names.length - shown.length;
    return t(isMet ? 'publications.page.now-not-kept' : 'publications.page.now-not-met', {
      names: t.format.list(shown),
      more,
    });
  };
  return [
    {
      text: t('publications.page.criteria'),
      value: t('publications.page.met', { met: sum('met'), of: sum('of') }),
      detail: behind.length === 0 ? t('publications.page.nothing-behind') : line(told(false), told(true)),
    },
  ];
}

/** How the place is doing in three lines: criteria, what people gave, what is built. What stands below says the same with its parts. */
export function glanceSection(
  t: Translator,
  place: PublicPlace,
  drives: readonly PublishedDrive[],
  works: readonly PublishedWork[],
): PublicSection[] {
  const money = totalsOf(drives).filter(({ kind }) => kind === 'money');
  const given = money.map(({ unit, received }) => moneyText(t, unit, received));
  const count = (...states: PublishedWork['state'][]) => works.filter(({ state }) => states.includes(state)).length;
  const [doing, done] = [count('under-way'), count('done', 'handed-over')];
  const built = line(
    doing > 0 ? t('publications.page.works-doing', { count: doing }) : null,
    done > 0 ? t('publications.page.works-done', { count: done }) : null,
  );
  return section('now', t('publications.page.now'), [
    ...criteriaLine(t, place),
    ...(given.length > 0 ? [{ text: t('publications.page.given'), value: t.format.list(given) }] : []),
    ...(built === '' ? [] : [{ text: t('publications.page.works'), value: built }]),
  ]);
}
