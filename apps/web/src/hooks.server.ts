import { directionOf, type Language } from '@dinh/texts/catalog';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { textsOf } from '#lib/page-texts.svelte.ts';
import { compressed, guardResponse } from '#lib/server/headers.ts';
import { chooseLanguage, languageCookie } from '#lib/server/language.ts';
import { services } from '#lib/server/services.ts';

const year = 31_536_000;

/** Only what the first line of text needs: other weights arrive when the page asks for them. */
function firstFonts(language: Language, filename: string): boolean {
  const wanted =
    language === 'ar' ? ['arabic-400'] : ['latin-400', 'latin-600', ...(language === 'vi' ? ['vietnamese-400'] : [])];
  return wanted.some((name) => filename.endsWith(`${name}.woff2`));
}

export const handle: Handle = async ({ event, resolve }) => {
  const { cookies, locals, request, url } = event;
  const language = chooseLanguage(url, cookies.get(languageCookie), request.headers.get('accept-language'));
  locals.language = language;
  locals.services = services();
  const session = await locals.services.signIn.sessionOf(request.headers);
  locals.session = session;
  // A prolonged session brings its cookies; they go out with whatever is answered.
  for (const { name, value, ...options } of session?.cookies ?? []) {
    cookies.set(name, value, { ...options, secure: url.protocol === 'https:' });
  }
  if (url.searchParams.get('lang') === language && cookies.get(languageCookie) !== language) {
    cookies.set(languageCookie, language, {
      maxAge: year,
      sameSite: 'lax',
      httpOnly: true,
      secure: url.protocol === 'https:',
    });
  }
  // The texts are fetched beside the scripts that ask for them, not after.
  const texts = textsOf(language, event.route.id)
    .map((address) => `<link rel="modulepreload" href="${address}">`)
    .join('');
  const response = await resolve(event, {
    transformPageChunk: ({ html }) =>
      html
        .replace('<html lang="vi" dir="ltr">', `<html lang="${language}" dir="${directionOf(language)}">`)
        .replace('/manifest/vi.webmanifest', `/manifest/${language}.webmanifest`)
        .replace('</head>', `${texts}</head>`),
    preload: (input) => (input.type === 'font' ? firstFonts(language, input.filename) : input.type !== 'asset'),
  });
  guardResponse(response, url);
  return compressed(request, response);
};

/** The reader gets a reference, the log gets the cause: a stack trace never leaves the server. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') return {};
  const reference = crypto.randomUUID().slice(0, 8);
  console.error(`[${reference}] ${event.request.method} ${event.url.pathname}`, error);
  return { status: 500, message: 'internal', reference };
};
