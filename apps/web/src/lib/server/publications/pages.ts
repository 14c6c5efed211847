import { Refusal } from '@dinh/domain/kernel';
import { proofText, readPage as readHtml } from '@dinh/domain/proof';
import { mainMarkup, type PublicPage } from '@dinh/domain/publications';
import type { Services } from '@dinh/operations/kernel';
import { execute } from '@dinh/operations/kernel';
import { sealNow } from '@dinh/operations/proof';
import { deliverPage, readPosted, stampOf } from '@dinh/operations/publications';
import { type Language, loadCatalog, type Translator, translator } from '@dinh/texts/catalog';
import { codeForm, notice, publicDocument } from './document.ts';
import { dataFile } from './open-data.ts';
import { type Made, readyOf } from './ready.ts';

const html = 'text/html; charset=utf-8';
const nobody = { actor: { kind: 'anonymous' } } as const;
/** Of a page whose proof is still on its way: nothing equals it, so the next look makes it anew. */
const UNPROVEN = 'unproven';

export const wordsIn = async (language: Language): Promise<Translator> =>
  translator(await loadCatalog(language), language);

const saidOf = (error: unknown): string | null => (error instanceof Refusal ? error.code : null);

/** What is said of a code that leads nowhere. */
export async function nowhere(language: Language, typed: string, code: string): Promise<Made> {
  const t = await wordsIn(language);
  const mistyped = code === 'publications.code-mistyped';
  const given = {
    heading: t(mistyped ? 'publications.shell.mistyped' : 'publications.shell.unknown'),
    text: t(mistyped ? 'publications.shell.mistyped-do' : 'publications.shell.unknown-do'),
    typed: typed.slice(0, 40),
  };
  return { ready: await readyOf(404, html, codeForm(t, given), { 'content-language': language }), mark: '' };
}

const documentOf = (t: Translator, page: PublicPage, path: string, proof: string | null, hasData: boolean) =>
  publicDocument({ t, title: page.title, code: page.code, path, main: mainMarkup(page), proof, hasData });

/** A place's page, proven when it is; one that was never sealed as it stands now is sealed on the way. */
export async function makePage(services: Services, code: string, language: Language): Promise<Made> {
  const t = await wordsIn(language);
  const path = `/p/${code}`;
  const found = await deliverPage(services, {
    code,
    language,
    frameOf: (page, hasData) => readHtml(documentOf(t, page, path, '', hasData)).frame,
  });
  const { page, unitId, state, hasData, stamp, standing, frame } = found;
  if (standing.state === 'unsealed')
    // The page does not wait for its seal, and is not lost when sealing fails: the next time it is made it is tried again.
    sealNow(services, [{ unitId, page, frame }]).catch((error: unknown) => console.error('[seal]', error));
  const proof = standing.state === 'proven' ? proofText(standing.proof) : '';
  const document = documentOf(t, page, path, proof, hasData);
  const ready = await readyOf(state === 'gone' ? 410 : 200, html, document, { 'content-language': language });
  return { ready, mark: standing.state === 'proven' ? stamp : UNPROVEN };
}

/** A posted resolution in its own words. */
export async function makePosted(services: Services, code: string, nth: number, language: Language): Promise<Made> {
  const t = await wordsIn(language);
  try {
    const { stamp } = await execute(services, stampOf, { code }, nobody);
    const { page } = await execute(services, readPosted, { code, nth, language }, nobody);
    const document = documentOf(t, page, `/p/${code}/posted/${nth}`, null, false);
    return { ready: await readyOf(200, html, document, { 'content-language': language }), mark: stamp };
  } catch (error) {
    if (saidOf(error) === null) throw error;
    const said = notice(t, code, t('publications.shell.missing'), t('publications.shell.missing-do'));
    return { ready: await readyOf(404, html, said, { 'content-language': language }), mark: '' };
  }
}

/** Figures of a place as a file. */
export async function makeData(
  services: Services,
  code: string,
  form: 'csv' | 'json',
  language: Language,
): Promise<Made> {
  const { type, content, stamp } = await dataFile(services, { code, language, form });
  const more = {
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    ...(form === 'csv' && { 'content-disposition': `attachment; filename="dinh-${code}.csv"` }),
  };
  return { ready: await readyOf(200, type, content, more), mark: stamp };
}

/** The mark a place has now. */
export const markOf = async (services: Services, code: string, day: string): Promise<string> =>
  `${(await execute(services, stampOf, { code }, nobody)).stamp} ${day}`;

/** The form for a code. */
export async function makeForm(language: Language): Promise<Made> {
  const t = await wordsIn(language);
  return { ready: await readyOf(200, html, codeForm(t, null), { 'content-language': language }), mark: '' };
}
