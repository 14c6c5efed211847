import { foldText } from '@dinh/domain/kernel';
import type { PublicLine, PublicSection } from '@dinh/domain/publications';
import type { Translator } from '@dinh/texts/catalog';
import type { PublishedWork } from '../works/public.ts';
import { section } from './sections.ts';
import { line, moneyText, nameIn, said } from './words.ts';

const MOST_WORKS = 12;

function doneText(t: Translator, { quantities }: PublishedWork): string | null {
  const parts = quantities.map(({ names, units, planned, done }) => {
    const unit = said(t, units);
    const amount =
      planned === null
        ? t.format.number(Number(done), 3)
        : t('publications.page.of-planned', {
            done: t.format.number(Number(done), 3),
            planned: t.format.number(Number(planned), 3),
          });
    return `${said(t, names)} ${amount}${unit === '' ? '' : `\u00a0${unit}`}`;
  });
  return parts.length === 0 ? null : parts.join(' · ');
}

/** What was built, what of it is done and what it cost; photos before and after by a link, so that the page stays small. */
export function worksSection(t: Translator, works: readonly PublishedWork[]): PublicSection[] {
  const lines = works.slice(0, MOST_WORKS).flatMap((work): PublicLine[] => {
    const cost = work.cost.map(({ currency, amount }) => moneyText(t, currency, amount));
    const stopped = work.state === 'stopped' && work.reason !== '' ? nameIn(t, work.reason) : null;
    const photo = (phase: 'before' | 'after') => work.photos.find((each) => each.phase === phase);
    const photos = (['before', 'after'] as const).flatMap((phase): PublicLine[] => {
      const found = photo(phase);
      return found
        ? [{ text: t(`publications.page.photo-${phase}`), href: `/p/files/${found.digest}`, detail: work.title }]
        : [];
    });
    return [
      {
        text: work.title,
        value: t(`works.state.${work.state}`),
        detail: line(
          said(t, work.kind.names),
          doneText(t, work),
          cost.length === 0 ? null : t('publications.page.cost', { amount: t.format.list(cost) }),
          stopped,
        ),
      },
      ...photos,
    ];
  });
  const more = works.length - MOST_WORKS;
  if (more > 0) lines.push({ text: t('publications.page.more-works', { count: more }) });
  return section('works', t('publications.page.works'), lines);
}

/** Works that say they are at a place by its name. */
export function worksAt(works: readonly PublishedWork[], name: string): PublishedWork[] {
  const wanted = ` ${foldText(name)} `;
  return wanted.trim() === ''
    ? []
    : works.filter(({ place, title }) => ` ${foldText(`${place} ${title}`)} `.includes(wanted));
}
