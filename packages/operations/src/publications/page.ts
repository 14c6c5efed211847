import { refuse } from '@dinh/domain/kernel';
import type { Frame } from '@dinh/domain/proof';
import { type PublicPage, publicLanguages, readCode } from '@dinh/domain/publications';
import { lastTwelveMonths } from '@dinh/domain/questions';
import { findPosting, findPublicFile, readPostedText, readPublicPlace, readStamp } from '@dinh/store/publications';
import { type Language, loadCatalog, type Translator, translator } from '@dinh/texts/catalog';
import { z } from 'zod';
import { publishedDrives } from '../contributions/public.ts';
import { filePath } from '../files/public.ts';
import { type Context, execute, INSTALLATION, operation, type Services } from '../kernel/public.ts';
import { proofOf, type Standing } from '../proof/public.ts';
import { publishable } from '../questions/public.ts';
import { withCost } from '../works/public.ts';
import { composePage, type Shown } from './compose.ts';
import { line, nameIn } from './words.ts';

const languageSchema = z.enum(publicLanguages);
const codeSchema = z.string().trim().min(1).max(60);
/** For everyone: no right over the unit is asked. */
const noUnit = () => INSTALLATION;

const wordsIn = async (language: Language): Promise<Translator> => translator(await loadCatalog(language), language);

/** A place and all that is shown of it, in two statements whatever lies behind it. */
async function demandShown(context: Context, typed: string, language: Language): Promise<Shown> {
  const key = readCode(typed);
  if (!key) return refuse('publications.code-mistyped');
  const { tx, today } = context;
  const askedWithin = lastTwelveMonths(today);
  const found = await readPublicPlace(tx, { unitId: key.unitId, nth: key.nth, language, day: today, askedWithin });
  if (!found) return refuse('publications.code-unknown');
  const { surveys, asked, ...place } = found;
  if (place.retiredOn !== null) return { place, drives: [], works: [], figures: null, surveys: [] };
  const given = {
    drives: place.kind === 'unit' || place.kind === 'drive' ? await publishedDrives(context, key.unitId) : [],
    works: place.works.map(withCost),
  };
  if (!place.unit.isOver) return { place, ...given, ...publishable({ surveys, asked }, today) };
  // What people gave and built stays for everyone to check. Nobody is there any more to reach, and nothing on its way.
  const after = { ...place, programmes: [], contacts: [], questions: [], codes: [], below: null };
  return { place: after, ...given, figures: null, surveys: [] };
}

export type PublishedPage = {
  page: PublicPage;
  unitId: number;
  /** `moved`: of a unit that is no more, with whom it became. `gone`: nothing came after it. */
  state: 'shown' | 'moved' | 'gone';
  /** Whether its figures can be had as data. */
  hasData: boolean;
  /** Changes with every command in the unit, so who keeps a copy can tell whether it may be old. */
  stamp: string;
};

async function published(context: Context, code: string, language: Language): Promise<PublishedPage> {
  const shown = await demandShown(context, code, language);
  const { unit, retiredOn, successors, stamp } = shown.place;
  const isOver = unit.isOver || retiredOn !== null;
  return {
    page: composePage(await wordsIn(language), shown),
    unitId: readCode(code)?.unitId ?? INSTALLATION,
    state: !isOver ? 'shown' : unit.isOver && successors.length > 0 ? 'moved' : 'gone',
    hasData: retiredOn === null,
    stamp,
  };
}

/** The public page behind a code, in words of a language. For everyone. */
export const readPage = operation({
  name: 'publications.read-page',
  kind: 'query',
  input: z.strictObject({ code: codeSchema, language: languageSchema.default('vi') }),
  unit: noUnit,
  allow: 'anyone',
  run: (context, { code, language }) => published(context, code, language),
});

type FrameOf = (page: PublicPage, hasData: boolean) => Frame;

/** Not among the registered operations: only who delivers the page knows what stands around its content. */
const delivered = operation({
  name: 'publications.deliver-page',
  kind: 'query',
  input: z.strictObject({ code: codeSchema, language: languageSchema, frameOf: z.custom<FrameOf>() }),
  unit: noUnit,
  allow: 'anyone',
  async run(context, { code, language, frameOf }) {
    const found = await published(context, code, language);
    const { page, unitId, hasData } = found;
    const frame = frameOf(page, hasData);
    const standing = await proofOf(context, { unitId, code: page.code, language }, { page, frame });
    return { ...found, frame, standing };
  },
});

export type DeliveredPage = PublishedPage & { frame: Frame; standing: Standing };

/**
 * A public page with how it stands in the log of sealed pages: three statements in one transaction.
 * @param frameOf what stands around the content of the page as it is delivered
 */
export const deliverPage = (
  services: Services,
  wanted: { code: string; language: Language; frameOf: FrameOf },
): Promise<DeliveredPage> => execute(services, delivered, wanted, { actor: { kind: 'anonymous' } });

/** Tells whether anything was commanded in the unit of a code since; one row. */
export const stampOf = operation({
  name: 'publications.read-stamp',
  kind: 'query',
  input: z.strictObject({ code: codeSchema }),
  unit: noUnit,
  allow: 'anyone',
  async run({ tx }, { code }) {
    return { stamp: await readStamp(tx, readCode(code)?.unitId ?? INSTALLATION) };
  },
});

/** The words of a resolution that hangs on a unit's wall, as a page of its own. */
export const readPosted = operation({
  name: 'publications.read-posted',
  kind: 'query',
  input: z.strictObject({
    code: codeSchema,
    nth: z.int().min(1).max(1_000_000),
    language: languageSchema.default('vi'),
  }),
  unit: noUnit,
  allow: 'anyone',
  async run({ tx }, { code: typed, nth, language }): Promise<{ page: PublicPage }> {
    const key = readCode(typed);
    const posting = key && (await findPosting(tx, key.unitId, nth));
    if (!key || posting?.documentId == null || posting.withdrawnOn !== null)
      return refuse('publications.posting-unknown');
    const t = await wordsIn(language);
    const day = t.format.date;
    const texts = await readPostedText(tx, key.unitId, posting.documentId);
    return {
      page: {
        code: key.code,
        language,
        title: posting.title,
        kind: line(
          t(`publications.posting.${posting.kind}`),
          posting.number === ''
            ? day(posting.dated)
            : t('publications.page.decision', { number: nameIn(t, posting.number), day: day(posting.dated) }),
        ),
        asOf: line(
          t('publications.page.posted-on', { day: day(posting.postedOn) }),
          t('publications.page.posted-until', { day: day(posting.staysUntil) }),
        ),
        sections: [
          {
            key: 'text',
            heading: t('publications.page.text'),
            lines: texts
              .flatMap((text) => text.split('\n').filter((part) => part.trim() !== ''))
              .map((text) => ({ text })),
          },
        ],
      },
    };
  },
});

/** The figures of a place's page, unrounded and without words: what the open data are made of. */
export const openData = operation({
  name: 'publications.open-data',
  kind: 'query',
  input: z.strictObject({ code: codeSchema, language: languageSchema.default('vi') }),
  unit: noUnit,
  allow: 'anyone',
  async run(context, { code, language }) {
    const { place, drives, works, figures, surveys } = await demandShown(context, code, language);
    if (place.retiredOn !== null) return refuse('publications.code-retired');
    return { place, drives, works, figures, surveys };
  },
});

/** A file that everyone may open: of a posted paper, or a photo of a work. */
export const publicFile = operation({
  name: 'publications.read-file',
  kind: 'query',
  input: z.strictObject({ digest: z.string().regex(/^[0-9a-f]{64}$/, { message: 'publications.file-unknown' }) }),
  unit: noUnit,
  allow: 'anyone',
  async run({ tx, filesDirectory }, { digest }) {
    const found = await findPublicFile(tx, digest);
    if (!found) return refuse('publications.file-unknown');
    return { ...found, path: filePath(filesDirectory, digest) };
  },
});
