import { describe, expect, test } from 'vitest';
import { compressed, guardResponse } from './headers.ts';
import { chooseLanguage } from './language.ts';

const page = (): Response =>
  new Response('<p>Đình</p>'.repeat(200), { headers: { 'content-type': 'text/html; charset=utf-8' } });

describe('language of a request', () => {
  test.each([
    ['https://x/?lang=ar', 'en', 'vi', 'ar'],
    ['https://x/?lang=xx', 'en', 'vi', 'en'],
    ['https://x/', 'constructor', 'ar,en;q=0.9', 'ar'],
    ['https://x/', undefined, 'fr', 'vi'],
  ])('%s, cookie %s, browser %s: %s', (url, cookie, header, expected) => {
    expect(chooseLanguage(new URL(url), cookie, header)).toBe(expected);
  });
});

describe('answers', () => {
  test('a page is compressed for whoever can read it, and comes out whole', async () => {
    const answer = compressed(new Request('https://x/', { headers: { 'accept-encoding': 'br, gzip' } }), page());
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    const whole = new Response(answer.body?.pipeThrough(new DecompressionStream('gzip')));
    expect(await whole.text()).toBe(await page().text());
  });

  test('a file and a reader without gzip are left alone', () => {
    const file = new Response('x', { headers: { 'content-type': 'image/png' } });
    expect(compressed(new Request('https://x/', { headers: { 'accept-encoding': 'gzip' } }), file)).toBe(file);
    const plain = page();
    expect(compressed(new Request('https://x/'), plain)).toBe(plain);
  });

  test('pages are not framed, sniffed or kept by shared caches; https is remembered only over https', () => {
    const secure = page();
    guardResponse(secure, new URL('https://x/'));
    expect(secure.headers.get('x-frame-options')).toBe('DENY');
    expect(secure.headers.get('cache-control')).toContain('private');
    expect(secure.headers.has('strict-transport-security')).toBe(true);
    const open = page();
    guardResponse(open, new URL('http://x/'));
    expect(open.headers.has('strict-transport-security')).toBe(false);
  });
});
