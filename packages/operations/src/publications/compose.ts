import { dayOf } from '@dinh/domain/kernel';
import type { PublicLine, PublicPage, PublicSection } from '@dinh/domain/publications';
import type { PublicPlace } from '@dinh/store/publications';
import type { Translator } from '@dinh/texts/catalog';
import type { PublishedDrive } from '../contributions/public.ts';
import type { PublishedFigures, PublishedSurvey } from '../questions/public.ts';
import type { PublishedWork } from '../works/public.ts';
import { belowSection } from './below.ts';
import { worksAt, worksSection } from './built.ts';
import { driveSections, drivesSection, givenSection } from './given.ts';
import { glanceSection } from './glance.ts';
import { answersSection, askSection, figuresSection, surveySection } from './said.ts';
import {
  codesSection,
  contactsSection,
  programmeSections,
  recognitionSection,
  section,
  wallSection,
} from './sections.ts';
import { inLanguage, line, nameIn, said } from './words.ts';

export type Shown = {
  place: PublicPlace;
  drives: readonly PublishedDrive[];
  works: readonly PublishedWork[];
  surveys: readonly PublishedSurvey[];
  figures: PublishedFigures | null;
};

const toUnit = (t: Translator, { unit }: PublicPlace): PublicLine[] =>
  unit.code === null
    ? []
    : [{ text: unit.name, href: inLanguage(t, `/p/${unit.code}`), detail: t('publications.page.unit-page-note') }];

/** What became of a place that is no more: whom it became, or why it was closed, and what to do. */
function afterwards(t: Translator, { unit, successors, retiredOn, retiredReason }: PublicPlace): PublicLine[] {
  const day = t.format.date;
  if (unit.isOver) {
    if (successors.length === 0)
      return [
        {
          text: t('publications.page.dissolved', { day: day(unit.ends) }),
          detail: t('publications.page.dissolved-do'),
        },
      ];
    const first = successors[0];
    const key = first?.kind === 'split' ? 'publications.page.split' : 'publications.page.merged';
    return [
      {
        text: t(key, { name: nameIn(t, unit.name), day: day(first?.effective ?? unit.ends) }),
        detail: t('publications.page.successor-do'),
      },
      ...successors.map(
        ({ name, code }): PublicLine => ({
          text: name,
          ...(code === null ? { detail: t('publications.page.no-page') } : { href: inLanguage(t, `/p/${code}`) }),
        }),
      ),
    ];
  }
  return [
    {
      text: t('publications.page.retired', { day: day(retiredOn ?? '') }),
      detail: t('publications.page.retired-why', { reason: nameIn(t, retiredReason ?? '') }),
    },
  ];
}

function sectionsOf(t: Translator, { place, drives, works, surveys, figures }: Shown): PublicSection[] {
  const contacts = place.unit.isOver ? [] : contactsSection(t, place);
  const ask = place.unit.isOver ? [] : askSection(t, place);
  const tail = [...contacts, ...ask];
  if (place.kind === 'drive') {
    const drive = drives.find(({ id }) => id === place.driveId);
    return [
      ...(drive ? driveSections(t, drive) : []),
      ...worksSection(
        t,
        works.filter(({ driveId }) => driveId === place.driveId),
      ),
      ...section('unit', t('publications.page.unit'), toUnit(t, place)),
      ...tail,
    ];
  }
  if (place.kind === 'unit') {
    const codes = new Map(place.drives.map(({ id, code }) => [id, code]));
    return [
      // How it is and where to ask stand first: who scans a code on a gate reads one screen.
      ...(place.unit.isOver ? [] : glanceSection(t, place, drives, works)),
      ...ask,
      ...programmeSections(t, place),
      ...(place.below ? belowSection(t, place.below) : []),
      ...givenSection(t, drives),
      ...drivesSection(t, drives, codes),
      ...worksSection(t, works),
      ...wallSection(t, place),
      ...recognitionSection(t, place),
      ...surveySection(t, surveys),
      ...figuresSection(t, figures),
      ...(place.unit.isOver ? [] : answersSection(t, place)),
      ...contacts,
      ...codesSection(t, place),
    ];
  }
  return [
    ...worksSection(t, worksAt(works, place.name)),
    ...section('unit', t('publications.page.unit'), toUnit(t, place)),
    ...tail,
  ];
}

/** Of a place that is no more: what became of it first, then what its unit had published of gifts, works and papers. */
function endedSections(t: Translator, shown: Shown): PublicSection[] {
  const { place } = shown;
  const { unit, kind, retiredOn } = place;
  const kept = unit.isOver && retiredOn === null ? sectionsOf(t, shown) : [];
  const lines = afterwards(t, place);
  if (kept.length > 0) lines.push({ text: t('publications.page.kept') });
  return [
    ...section('after', t('publications.page.after'), lines),
    ...section('unit', t('publications.page.unit'), unit.isOver || kind === 'unit' ? [] : toUnit(t, place)),
    ...kept.filter(({ key }) => key !== 'unit'),
  ];
}

/** The day the content of the page last changed, as far as its parts know. */
const changedOn = ({ place, works }: Shown): string =>
  [
    place.changedOn,
    place.below?.changedOn ?? place.changedOn,
    ...(place.unit.isOver ? [place.unit.ends] : []),
    ...place.successors.map(({ effective }) => effective),
    ...works.map(({ changedAt }) => dayOf(new Date(changedAt))),
  ].reduce((latest, day) => (day > latest ? day : latest));

/** Everything a reader of one language is shown of a place, in words. */
export function composePage(t: Translator, shown: Shown): PublicPage {
  const { place } = shown;
  const { unit, kind } = place;
  const isOver = unit.isOver || place.retiredOn !== null;
  const own = kind === 'unit' ? said(t, unit.kindNames) : t(`publications.kind.${kind}`);
  const about: PublicLine[] = place.about === '' ? [] : [{ text: place.about }];
  return {
    code: place.code,
    language: t.language,
    title: place.name,
    kind: line(own, ...(kind === 'unit' ? [] : [nameIn(t, unit.name)]), ...unit.above.map((name) => nameIn(t, name))),
    asOf: t('publications.page.as-of', { day: t.format.date(changedOn(shown)) }),
    sections: isOver
      ? endedSections(t, shown)
      : [...section('about', t('publications.page.about'), about), ...sectionsOf(t, shown)],
  };
}
