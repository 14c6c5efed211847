import { differences, metShare, regressions, type SideFigures, shareOf, sheetCounts } from '@dinh/domain/programmes';
import { packText, titleKey } from '@dinh/packs/schema';
import type { SheetBelow } from '@dinh/store/programmes';
import type { Translator } from '@dinh/texts/catalog';
import type { loadOverview } from '../overview.ts';
import type { Table, TableCell, TableColumn } from './table.ts';

export type Seen = Awaited<ReturnType<typeof loadOverview>>;

const rounded = (share: number) => Math.round(share * 10_000) / 10_000;

/** Says in the file itself what it is: figures travel without the page they came from. */
export function aboutTable(t: Translator, seen: Seen, made: Date, notes: readonly string[]): Table {
  const { strings, programme, pack, period, day, trail, unit } = seen;
  const rows: [string, TableCell][] = [
    [t('overview.unit'), [...trail.map(({ name }) => name), unit.name].join(' › ')],
    [t('overview.programme'), `${packText(strings, t.language, 'title') ?? programme} (${programme} ${pack.version})`],
    [t('overview.period'), `${t.format.period(period)} (${period})`],
    [t('overview.as-of'), day],
    [t('overview.file-made'), made.toISOString()],
    ...notes.map((note) => [t('overview.file-note'), note] as [string, TableCell]),
  ];
  return {
    id: 'about',
    title: t('overview.file-about'),
    columns: [
      { label: t('overview.file-what'), width: 28 },
      { label: t('overview.file-value'), width: 70 },
    ],
    rows,
  };
}

export function overviewTable(t: Translator, seen: Seen): Table {
  const { pack, strings } = seen;
  const keys = pack.criteria.map(({ id }) => id);
  const named = (section: 'criteria' | 'levels', id: string) =>
    packText(strings, t.language, titleKey(section, id)) ?? id;
  const kindName = (kind: string) => seen.kinds.find((each) => each.kind === kind)?.names[t.language] ?? kind;
  const columns: TableColumn[] = [
    { label: t('overview.unit'), width: 32 },
    { label: t('overview.kind'), width: 18 },
    { label: t('overview.file-expected') },
    { label: t('overview.which.sent') },
    { label: t('overview.which.late') },
    { label: t('overview.which.accepted') },
    { label: t('overview.which.waiting') },
    { label: t('overview.which.returned') },
    { label: t('overview.which.not-sent') },
    { label: t('overview.met-share'), share: true },
    { label: t('overview.file-side'), width: 18 },
    { label: t('overview.gap') },
    { label: t('overview.file-verified-answers') },
    { label: t('overview.regressed') },
    ...pack.levels.flatMap(({ id }) => [
      { label: t('overview.file-declared', { what: named('levels', id) }) },
      { label: t('overview.file-verified', { what: named('levels', id) }) },
    ]),
    ...keys.flatMap((id) => [
      { label: t('overview.file-declared-met', { what: named('criteria', id) }) },
      { label: t('overview.file-declared-of', { what: named('criteria', id) }) },
      { label: t('overview.file-verified-met', { what: named('criteria', id) }) },
      { label: t('overview.file-verified-of', { what: named('criteria', id) }) },
    ]),
  ];
  const line = (name: string, kind: string, figures: Seen['whole']): TableCell[] => {
    const counts = sheetCounts(figures);
    const met = metShare(figures, keys);
    const { differing, verified } = differences(figures, keys);
    return [
      name,
      kind,
      counts.expected,
      counts.submitted,
      counts.late,
      counts.accepted,
      counts.waiting,
      counts.returned,
      counts.notSent,
      met ? rounded(shareOf(met)) : null,
      met ? t(met.side === 'verified' ? 'ui.verified' : 'ui.declared') : null,
      differing,
      verified,
      regressions(figures, keys).count,
      ...pack.levels.flatMap(({ id }) => [
        figures[`level.${id}`]?.declared ?? 0,
        figures[`level.${id}`]?.verified ?? 0,
      ]),
      ...keys.flatMap((id) => {
        const found = figures[`criterion.${id}`];
        return [found?.declaredMet ?? 0, found?.declared ?? 0, found?.verifiedMet ?? 0, found?.verified ?? 0];
      }),
    ];
  };
  return {
    id: 'overview',
    title: t('nav.overview'),
    columns,
    rows: [
      line(t('overview.file-whole', { unit: seen.unit.name }), '', seen.whole),
      ...seen.children.map(({ name, kind, figures }) => line(name, kindName(kind), figures)),
    ],
  };
}

/** A number where there is one (a percentage as a share), else the word of the flag. */
function answer(t: Translator, { value, of, text, met }: SideFigures): TableCell {
  if (value !== null) {
    if (of === null) return Number(value);
    return Number(of) === 0 ? null : rounded(Number(value) / Number(of));
  }
  if (text !== null) return text;
  return met === null ? null : t(met ? 'overview.met' : 'overview.missed');
}

export function sheetsTable(t: Translator, seen: Seen, sheets: readonly (SheetBelow & { within: string })[]): Table {
  const { pack, strings } = seen;
  const named = (section: 'criteria' | 'levels', id: string | null) =>
    id === null ? null : (packText(strings, t.language, titleKey(section, id)) ?? id);
  const points = (text: string | null) => (text === null ? null : Number(text));
  return {
    id: 'sheets',
    title: t('overview.file-sheets'),
    columns: [
      { label: t('overview.unit'), width: 32 },
      { label: t('overview.file-within'), width: 36 },
      { label: t('overview.file-state'), width: 22 },
      { label: t('overview.file-sent-at'), width: 22 },
      { label: t('overview.file-declared', { what: t('overview.file-points') }) },
      { label: t('overview.file-verified', { what: t('overview.file-points') }) },
      { label: t('overview.file-declared', { what: t('overview.level') }), width: 18 },
      { label: t('overview.file-verified', { what: t('overview.level') }), width: 18 },
      ...pack.criteria.flatMap(({ id, type }) => {
        const share = type === 'percent';
        const what = named('criteria', id) ?? id;
        return [
          { label: t('overview.file-declared', { what }), share },
          { label: t('overview.file-verified', { what }), share },
        ];
      }),
    ],
    rows: sheets.map((sheet) => {
      // What has not been accepted is nobody's word but the unit's.
      const settled = sheet.state === 'accepted' || sheet.state === 'locked';
      return [
        sheet.name,
        sheet.within,
        t(`overview.state.${sheet.state}`),
        sheet.submittedAt?.toISOString() ?? null,
        points(sheet.declaredPoints),
        settled ? points(sheet.verifiedPoints) : null,
        named('levels', sheet.declaredLevel),
        settled ? named('levels', sheet.verifiedLevel) : null,
        ...pack.criteria.flatMap(({ id }) => {
          const found = sheet.values[id];
          return [found ? answer(t, found.declared) : null, found && settled ? answer(t, found.verified) : null];
        }),
      ];
    }),
  };
}
