import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { INSTALL_15, missingEngines } from '@dinh/store/testing/engines';

/** Programs under which Debian and others install Chromium, in the order the browser tests look for them. */
const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function runnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function hasBrowser(): boolean {
  const wish = process.env.DINH_TEST_BROWSER;
  if (wish) return runnable(wish);
  return browsers.some(onPath);
}

function onPath(name: string): boolean {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => runnable(path.join(folder, name)));
}

function missing(): { packages: string[]; lines: string[] } {
  const packages: string[] = [];
  const lines: string[] = [];
  if (missingEngines().length > 0) {
    packages.push('postgresql');
    lines.push(INSTALL_15);
  }
  if (!hasBrowser()) {
    packages.push('chromium');
    lines.push('Chromium is missing: apt-get install chromium, or set DINH_TEST_BROWSER to its program');
  }
  if (!onPath('soffice')) {
    packages.push('libreoffice-writer-nogui');
    lines.push('LibreOffice is missing: apt-get install libreoffice-writer-nogui');
  }
  if (!onPath('pdftotext')) {
    packages.push('poppler-utils');
    lines.push('pdftotext is missing: apt-get install poppler-utils');
  }
  return { packages, lines };
}

function apt(...args: string[]): boolean {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const done = spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], {
    env: environment,
    stdio: ['ignore', 2, 2],
  });
  return done.status === 0;
}

// Tests of the web code read the settings that SvelteKit writes; a fresh clone has none yet.
const root = path.resolve(import.meta.dirname, '../..');
const synced = spawnSync(process.execPath, [path.join(root, 'node_modules/@sveltejs/kit/svelte-kit.js'), 'sync'], {
  cwd: path.join(root, 'apps/web'),
  stdio: ['ignore', 'ignore', 2],
});

const before = missing();
if (before.packages.length > 0 && process.getuid?.() === 0) {
  console.error(`tests: installing ${before.packages.join(' and ')}`);
  const install = () => apt('install', '-y', '--no-install-recommends', ...before.packages);
  // The list of packages may be old or absent; asking for it first would cost every run its time.
  if (!install() && apt('update')) install();
}
const { lines } = missing();
for (const line of lines) console.error(`tests: ${line}`);
process.exitCode = lines.length > 0 || synced.status !== 0 ? 1 : 0;
