import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { pageCheck } from './scripts/page-check.ts';
import { pageTexts } from './scripts/page-texts.ts';

export default defineConfig({
  plugins: [
    pageTexts(),
    pageCheck(),
    sveltekit({
      adapter: adapter({ out: 'build', precompress: true, envPrefix: 'DINH_WEB_' }),
      // It is registered by whoever turns notifications on, and by nobody else.
      serviceWorker: { register: false },
      files: { serviceWorker: 'src/service-worker/messages.ts' },
      // A file this small costs more in headers than in bytes.
      inlineStyleThreshold: 1024,
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          'style-src': ['self'],
          // The framework's route announcer hides itself with a style attribute; this hash admits that one alone.
          'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
          'img-src': ['self', 'data:', 'blob:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'manifest-src': ['self'],
          'worker-src': ['self'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
          'base-uri': ['none'],
        },
      },
    }),
  ],
  // The pages use the very modules of the server around them: a second copy would not know its database, nor its refusals.
  environments: {
    ssr: { build: { rolldownOptions: { external: [/^@dinh\/(api|domain|operations|packs|store)(\/|$)/] } } },
  },
  build: { sourcemap: false, assetsInlineLimit: 0 },
});
