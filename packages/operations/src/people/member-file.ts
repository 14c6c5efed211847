import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { foldText } from '@dinh/domain/kernel';
import { tableLines } from '../units/public.ts';

const columns = ['name', 'phone', 'born', 'email'] as const;
type Column = (typeof columns)[number];

const headings: Record<Column, readonly string[]> = {
  name: ['name', 'full name', 'họ và tên', 'họ tên', 'tên', 'الاسم', 'الاسم الكامل'],
  phone: ['phone', 'phone number', 'điện thoại', 'số điện thoại', 'sđt', 'الهاتف', 'رقم الهاتف'],
  born: ['born', 'date of birth', 'birthday', 'ngày sinh', 'تاريخ الميلاد'],
  email: ['email', 'e-mail', 'thư điện tử', 'البريد', 'البريد الإلكتروني'],
};
const byHeading = new Map(
  columns.flatMap((column) => headings[column].map((name) => [foldText(name), column] as const)),
);

export type MemberLine = {
  /** Line of the file, the first being 1. */
  line: number;
  member: { name: string; phone?: string; born?: string; email?: string };
};

/** Days as people write them: 1970-05-01, or day first with / . or -. Anything else stays for the schema to refuse. */
function asDay(text: string): string {
  const digits = text.normalize('NFKC').replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
  const dayFirst = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(digits.trim());
  if (!dayFirst) return digits.trim();
  const [, day = '', month = '', year = ''] = dayFirst;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function placesOf(first: readonly string[]): Map<Column, number> | null {
  const found = new Map<Column, number>();
  for (const [index, cell] of first.entries()) {
    const column = byHeading.get(foldText(cell.replace(/^\uFEFF/u, '')));
    if (column && !found.has(column)) found.set(column, index);
  }
  return found.has('name') ? found : null;
}

/**
 * Reads a list of people: CSV, XLSX, or lines pasted from a spreadsheet. A first line of headings (in Vietnamese, English or Arabic) says
 * which column is which; without one they are name, phone, date of birth, e-mail.
 * @throws Refusal `units.import.*` when it cannot be read as a table
 */
export async function readMemberList(content: Uint8Array | string): Promise<MemberLine[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dinh-list-'));
  try {
    const file = path.join(folder, 'list');
    await writeFile(file, content, { mode: 0o600 });
    const found: MemberLine[] = [];
    let places: Map<Column, number> | undefined;
    for await (const lines of await tableLines(file)) {
      for (const { line, cells } of lines) {
        if (!places) {
          const given = placesOf(cells);
          places = given ?? new Map(columns.map((column, index) => [column, index]));
          if (given) continue;
        }
        const cell = (column: Column) => (cells[places?.get(column) ?? -1] ?? '').replace(/^\uFEFF/u, '').trim();
        const member: MemberLine['member'] = { name: cell('name') };
        if (cell('phone')) member.phone = cell('phone');
        if (cell('born')) member.born = asDay(cell('born'));
        if (cell('email')) member.email = cell('email');
        found.push({ line, member });
      }
    }
    return found;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
