import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Result } from './result.ts';
import type { Size } from './size.ts';

async function writeCsv(file: string, units: number): Promise<void> {
  const out = createWriteStream(file);
  out.write('code,name,kind,line,parent_code,valid_from,valid_to\n');
  const put = async (line: string) => {
    if (!out.write(line)) await once(out, 'drain');
  };
  await put('n,Nation,nation,territorial,,,\n');
  for (let n = 0; n < 34; n += 1) await put(`p${n},Province ${n},province,territorial,n,,\n`);
  for (let n = 0; n < 3_321; n += 1) await put(`c${n},Commune ${n},commune,territorial,p${n % 34},,\n`);
  for (let n = 0; n < units - 3_356; n += 1)
    await put(`v${n},Thôn số ${n} Bắc Thành,village,territorial,c${n % 3_321},,\n`);
  out.end();
  await once(out, 'finish');
}

/** Imports a CSV of units in a process of its own, and reads that process's time and largest memory. */
export async function measureImport(url: string, size: Size, say: (line: string) => void): Promise<Result[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dinh-bench-'));
  try {
    const file = path.join(folder, 'units.csv');
    await writeCsv(file, size.importedUnits);
    say(`importing ${size.importedUnits.toLocaleString('en')} units`);
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'import-process.ts'), url, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (part: Buffer) => {
      text += part.toString();
    });
    const [code] = (await once(child, 'close')) as [number];
    if (code !== 0) throw new Error('the import process failed');
    const { seconds, peakMb, taken } = JSON.parse(text) as { seconds: number; peakMb: number; taken: number };
    if (taken !== size.importedUnits) throw new Error(`imported ${taken} of ${size.importedUnits} units`);
    const units = size.importedUnits.toLocaleString('en');
    return [
      {
        name: `import of ${units} units from CSV`,
        value: seconds,
        unit: 's',
        floor: null,
        ratio: null,
        limit: `≤ ${size.importSeconds} s`,
        ok: seconds <= size.importSeconds,
      },
      {
        name: 'largest memory of that process',
        value: peakMb,
        unit: 'MB',
        floor: null,
        ratio: null,
        limit: '≤ 400 MB',
        ok: peakMb <= 400,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
