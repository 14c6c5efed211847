import { directionOf, isLanguage, loadCatalog, translator } from '@dinh/texts/catalog';
import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** The paper of the look: what a phone shows around the page, and before it. */
const PAPER = '#fbf8f2';

/** What a phone reads when Đình is put on its home screen. By language in the address: browsers ask for it without cookies. */
export const GET: RequestHandler = async ({ params: { language } }) => {
  if (!isLanguage(language)) error(404, 'manifest.unknown');
  const t = translator(await loadCatalog(language), language);
  const icon = (name: string, size: number, purpose: 'any' | 'maskable') => {
    return { src: `/${name}.png`, sizes: `${size}x${size}`, type: 'image/png', purpose };
  };
  const manifest = {
    id: '/',
    name: t('app.name'),
    short_name: t('app.name'),
    description: t('app.tagline'),
    lang: language,
    dir: directionOf(language),
    start_url: '/',
    scope: '/',
    display: 'standalone',
    theme_color: PAPER,
    background_color: PAPER,
    icons: [
      icon('icon-192', 192, 'any'),
      icon('icon-512', 512, 'any'),
      icon('icon-512-maskable', 512, 'maskable'),
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    ],
  };
  return new Response(JSON.stringify(manifest), {
    headers: { 'content-type': 'application/manifest+json', 'cache-control': 'public, max-age=86400' },
  });
};
