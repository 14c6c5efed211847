import type { PublicLine, PublicSection } from '@dinh/domain/publications';
import type { PublicPlace } from '@dinh/store/publications';
import type { Translator } from '@dinh/texts/catalog';
import { inLanguage, line, nameIn } from './words.ts';

/** A section with something in it. */
export const section = (key: string, heading: string, lines: PublicLine[]): PublicSection[] =>
  lines.length === 0 ? [] : [{ key, heading, lines }];

/** How far each programme is, by what the level above verified; one section each, the last verified first. */
export function programmeSections(t: Translator, { programmes }: PublicPlace): PublicSection[] {
  return programmes.flatMap(({ key, title, level, period, met, of, behind }) => {
    const whole: PublicLine = {
      text: level ?? t('publications.page.criteria'),
      ...(of > 0 && { value: t('publications.page.met', { met, of }), strokes: { met, of } }),
      detail: t('publications.page.verified', { period: t.format.period(period) }),
    };
    const lines = (behind ?? []).map(
      (each): PublicLine => ({
        text: each.title,
        value: t(each.met ? 'publications.page.not-kept' : 'publications.page.not-met'),
      }),
    );
    return section(`programme-${key}`, title, [whole, ...lines]);
  });
}

/** Decisions that recognise, with their numbers, and what came of them. */
export function recognitionSection(t: Translator, { recognitions }: PublicPlace): PublicSection[] {
  const lines = recognitions.map(({ programme, level, decidedOn, number, issuer, last }): PublicLine => {
    const after =
      last.kind === 'recognised' ? null : t(`publications.page.since.${last.kind}`, { day: t.format.date(last.onDay) });
    return {
      text: programme,
      value: level,
      detail: line(
        number === ''
          ? t.format.date(decidedOn)
          : t('publications.page.decision', { number: nameIn(t, number), day: t.format.date(decidedOn) }),
        nameIn(t, issuer),
        after,
      ),
    };
  });
  return section('recognitions', t('publications.page.recognitions'), lines);
}

/** Papers on the wall: until when they stay, and why one was taken down early. */
export function wallSection(t: Translator, { code, postings }: PublicPlace): PublicSection[] {
  const lines = postings.map((posting): PublicLine => {
    const day = t.format.date;
    const { nth, kind, documentId, file, number, issuer, dated, postedOn, staysUntil, basis } = posting;
    const of =
      number === '' ? day(dated) : t('publications.page.decision', { number: nameIn(t, number), day: day(dated) });
    const gone = posting.withdrawnOn !== null;
    const href =
      documentId !== null ? inLanguage(t, `/p/${code}/posted/${nth}`) : file === null ? null : `/p/files/${file}`;
    return {
      text: posting.title,
      value: gone
        ? t('publications.page.withdrawn', { day: day(posting.withdrawnOn ?? '') })
        : t('publications.page.posted-until', { day: day(staysUntil) }),
      detail: gone
        ? t('publications.page.withdrawn-why', { reason: nameIn(t, posting.withdrawnReason ?? '') })
        : line(
            t(`publications.posting.${kind}`),
            of,
            nameIn(t, issuer),
            t('publications.page.posted-on', { day: day(postedOn) }),
            nameIn(t, basis),
          ),
      ...(href !== null && !gone && { href }),
    };
  });
  return section('wall', t('publications.page.wall'), lines);
}

/** How many places have codes, and printed ones that fail. */
export function codesSection(t: Translator, { codes }: PublicPlace): PublicSection[] {
  const lines = codes
    .filter(({ kind }) => kind !== 'unit' && kind !== 'drive')
    .map(({ kind, places, printed, failing }): PublicLine => {
      const state =
        printed === 0
          ? null
          : failing === 0
            ? t('publications.page.codes-working', { printed })
            : t('publications.page.codes-failing', { failing, printed });
      return {
        text: t(`publications.kinds.${kind}`),
        value: t.format.number(places),
        ...(state !== null && { detail: state }),
      };
    });
  return section('codes', t('publications.page.codes'), lines);
}

/** Whom people may turn to: posts, and a number only where its owner agreed. */
export function contactsSection(t: Translator, { contacts }: PublicPlace): PublicSection[] {
  const lines = contacts.map(({ post, phone }): PublicLine => {
    const dialled = phone.replace(/[^0-9+]/g, '');
    return {
      text: post,
      ...(phone !== '' && { value: nameIn(t, phone), href: `tel:${dialled}` }),
    };
  });
  return section('contacts', t('publications.page.contacts'), lines);
}
