import type { Paper } from '@dinh/documents/composing';
import { familyOfKind, findFamily, type Language, superiorLine } from '@dinh/documents/layouts';
import type { Day } from '@dinh/domain/kernel';
import { readNames, readStyle } from '@dinh/store/documents';
import { readUnitPlace } from '@dinh/store/units';
import type { Context } from '../kernel/public.ts';
import { wordsOf } from './words.ts';

/** What a kind's units are called: of "committee of a commune, ward" also "committee of a ward", and "committee of a" alone. */
function calledLike(names: string): string[] {
  const [first = '', ...others] = names.split(/[,،]/).map((each) => each.trim());
  const head = others.length === 0 ? '' : first.split(' ').slice(0, -1).join(' ');
  return [first, ...others, head, ...others.map((other) => `${head} ${other}`)];
}

/** A unit's name without the word for its kind: "Xã Đồng Sen" is at Đồng Sen. */
export function withoutKind(name: string, kindNames: Record<string, string>): string {
  const kinds = Object.values(kindNames)
    .flatMap(calledLike)
    // The longest first: "Đảng ủy xã" before "Đảng ủy".
    .sort((a, b) => b.length - a.length);
  const lower = name.toLocaleLowerCase('vi');
  const kind = kinds.find((each) => each !== '' && lower.startsWith(`${each.toLocaleLowerCase('vi')} `));
  return kind === undefined ? name : name.slice(kind.length).trim();
}

/**
 * The paper a unit writes on: the family of its kind, the unit above it, its place, unless it chose otherwise.
 * @param asked the layout that the rules of the matter name; a unit's own choice goes before it, its kind's family after it
 * @param day names and tree of this day; also the day written on it, unless `open` leaves that to a hand
 */
export async function paperOf(
  context: Context,
  unitId: number,
  language: Language,
  day: Day,
  { open = false, draft = false, asked }: { open?: boolean; draft?: boolean; asked?: string | undefined } = {},
): Promise<Paper> {
  const { tx } = context;
  const unit = await readUnitPlace(tx, unitId, day);
  const style = await readStyle(tx, unitId);
  const { above, kindNames } = await readNames(tx, unitId, day);
  const kind = unit?.kind ?? '';
  const layout = (style?.family && findFamily(style.family)) || (asked && findFamily(asked)) || familyOfKind(kind);
  const name = unit?.name ?? '';
  return {
    layout,
    words: await wordsOf(language),
    issuer: {
      superior: style?.superior ?? (above && superiorLine(layout, above.kind, above.name)),
      name,
      kind,
      symbol: style?.symbol ?? null,
    },
    place: style?.place ?? (above ? withoutKind(above.name, above.kindNames) : withoutKind(name, kindNames)),
    day: open ? null : day,
    number: null,
    draft,
  };
}
