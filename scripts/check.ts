// Everything that can be known of the code without running it. `npm run check` runs all steps, `npm run check -- types imports` some.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const require = createRequire(import.meta.url);

type Step = { name: string; folder?: string; program: string; parameters: string[] };

/** The file behind a package's program: started by this very Node, whatever the system's own is. */
function program(name: string, file: string): string {
  const main = path.join(ROOT, 'node_modules', name, file);
  return existsSync(main) ? main : require.resolve(`${name}/${file}`);
}

async function typeSteps(): Promise<Step[]> {
  const tsc = program('typescript', 'bin/tsc');
  const packages = (await readdir(path.join(ROOT, 'packages'))).map((name) => `packages/${name}`);
  const projects = [...packages, 'apps/cli', 'demo', 'bench', 'tests', 'scripts'].flatMap((folder) =>
    ['tsconfig.json', 'tsconfig.test.json'].map((file) => path.join(folder, file)),
  );
  return projects
    .filter((project) => existsSync(path.join(ROOT, project)))
    .map((project) => ({ name: `types ${path.dirname(project)}`, program: tsc, parameters: ['-p', project] }));
}

async function allSteps(): Promise<Step[]> {
  const steps: Step[] = [
    {
      name: 'format',
      program: program('@biomejs/biome', 'bin/biome'),
      parameters: ['check', '--error-on-warnings', '.'],
    },
    ...(await typeSteps()),
  ];
  if (existsSync(path.join(ROOT, 'apps/web/src'))) {
    const config = path.join(ROOT, 'node_modules/@sveltejs/kit/svelte-kit.js');
    steps.push(
      { name: 'web sync', folder: 'apps/web', program: config, parameters: ['sync'] },
      {
        name: 'web types',
        folder: 'apps/web',
        program: program('svelte-check', 'bin/svelte-check'),
        parameters: ['--tsconfig', './tsconfig.json', '--fail-on-warnings'],
      },
    );
  }
  steps.push(
    {
      name: 'imports',
      program: program('dependency-cruiser', 'bin/dependency-cruiser.mjs'),
      parameters: ['--config', '.dependency-cruiser.cjs', 'packages', 'apps', 'demo', 'bench', 'tests', 'scripts'],
    },
    { name: 'unused', program: program('knip', 'bin/knip.js'), parameters: ['--no-progress'] },
    { name: 'fresh texts', program: 'packages/texts/scripts/compile.ts', parameters: ['--check'] },
    { name: 'fresh openapi', program: 'scripts/openapi.ts', parameters: ['--check'] },
    { name: 'fresh rights', program: 'scripts/rights.ts', parameters: ['--check'] },
  );
  const packSchema = 'packages/packs/scripts/generate-schema.ts';
  if (existsSync(path.join(ROOT, packSchema))) {
    steps.push({ name: 'fresh pack schema', program: packSchema, parameters: ['--check'] });
  }
  return steps;
}

function run(step: Step): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [step.program, ...step.parameters], {
      cwd: path.join(ROOT, step.folder ?? '.'),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: '0' },
    });
    let output = '';
    child.stdout.on('data', (text) => {
      output += text;
    });
    child.stderr.on('data', (text) => {
      output += text;
    });
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

const wanted = process.argv.slice(2);
const steps = (await allSteps()).filter(
  ({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)),
);
let failed = 0;
for (const step of steps) {
  const began = Date.now();
  const { ok, output } = await run(step);
  console.log(`${ok ? '✓' : '✗'} ${step.name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  if (ok) continue;
  failed += 1;
  console.log(output.trim().split('\n').slice(-80).join('\n'));
}
console.log(failed === 0 ? `${steps.length} checks hold` : `${failed} of ${steps.length} checks do not hold`);
process.exitCode = failed === 0 && steps.length > 0 ? 0 : 1;
