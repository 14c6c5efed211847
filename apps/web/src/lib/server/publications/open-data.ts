import { decimalOf, milliOf } from '@dinh/domain/contributions';
import type { Services } from '@dinh/operations/kernel';
import { execute } from '@dinh/operations/kernel';
import { openData } from '@dinh/operations/publications';
import type { Language } from '@dinh/texts/catalog';

/** One figure: of what it is, what is counted, and in what. See docs/guides/open-data.md. */
type Figure = { section: string; item: string; measure: string; value: string; unit: string; on: string };

type Data = Awaited<ReturnType<typeof openData.run>>;

/** A count that is too small to be shown is left out. */
function counted(figure: Omit<Figure, 'value'>, count: number | null): Figure[] {
  return count === null ? [] : [{ ...figure, value: String(count) }];
}

const saidOf = (surveys: Data['surveys']): Figure[] =>
  surveys.flatMap(({ title, households, answered, endedOn: on, questions }) => {
    const of = (item: string, measure: string, count: number | null) =>
      counted({ section: 'survey', item, measure, unit: 'household', on }, count);
    return [
      ...of(title, 'asked', households),
      ...of(title, 'answered', answered),
      ...questions.flatMap(({ text, groups }) => groups.flatMap(({ group, count }) => of(text, group, count))),
    ];
  });

function askedOf(figures: Data['figures']): Figure[] {
  if (figures === null) return [];
  const { to: on, asked, inTime, afterTime, unanswered } = figures;
  const counts = { asked, 'in-time': inTime, 'after-time': afterTime, unanswered };
  return Object.entries(counts).flatMap(([measure, count]) =>
    counted({ section: 'questions', item: 'twelve-months', measure, unit: 'question', on }, count),
  );
}

function figuresOf({ place, drives, works, surveys, figures }: Data): Figure[] {
  const programmes = place.programmes.flatMap(({ key, period, met, of, decidedOn }): Figure[] => [
    { section: 'programme', item: key, measure: 'met', value: String(met), unit: 'criteria', on: period },
    { section: 'programme', item: key, measure: 'of', value: String(of), unit: 'criteria', on: period },
    { section: 'programme', item: key, measure: 'verified-on', value: decidedOn, unit: 'day', on: period },
  ]);
  const recognitions = place.recognitions.map(
    ({ programme, number, decidedOn }): Figure => ({
      section: 'recognition',
      item: programme,
      measure: 'decision',
      value: number,
      unit: 'number',
      on: decidedOn,
    }),
  );
  const units = { land: 'm2', labour: 'day' } as Record<string, string>;
  const given = drives.flatMap(({ title, from, given: things }) =>
    things.flatMap(({ kind, name, unit, received, used, held }): Figure[] =>
      Object.entries({ received, used, held }).map(([measure, value]) => ({
        section: 'given',
        item: title,
        measure: [kind, name, measure].filter((part) => part !== '').join('/'),
        value: decimalOf(milliOf(value) ?? 0n),
        unit: units[kind] ?? unit,
        on: from,
      })),
    ),
  );
  const built = works.flatMap(({ title, state, stateOn, quantities, sources }): Figure[] => [
    { section: 'work', item: title, measure: 'state', value: state, unit: '', on: stateOn },
    ...quantities.flatMap(({ key, planned, done }): Figure[] => [
      ...(planned === null
        ? []
        : [{ section: 'work', item: title, measure: `${key}/planned`, value: planned, unit: '', on: stateOn }]),
      { section: 'work', item: title, measure: `${key}/done`, value: done, unit: '', on: stateOn },
    ]),
    ...sources.map(({ source, currency, amount }) => ({
      section: 'work',
      item: title,
      measure: `cost/${source}`,
      value: amount,
      unit: currency,
      on: stateOn,
    })),
  ]);
  return [...programmes, ...recognitions, ...given, ...built, ...saidOf(surveys), ...askedOf(figures)];
}

/** A field of CSV (RFC 4180). What a spreadsheet would take for a formula is given a quote mark before it. */
function field(text: string): string {
  const harmless = /^[=+@\t\r-]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const columns = ['section', 'item', 'measure', 'value', 'unit', 'on'] as const;

/** The figures of a place as CSV with a heading line (UTF-8 with a mark, as spreadsheets want it) or as JSON. */
export async function dataFile(
  services: Services,
  wanted: { code: string; language: Language; form: 'csv' | 'json' },
): Promise<{ type: string; content: string; stamp: string }> {
  const { code, language, form } = wanted;
  const data = await execute(services, openData, { code, language }, { actor: { kind: 'anonymous' } });
  const { place } = data;
  const figures = figuresOf(data);
  if (form === 'csv') {
    const lines = [columns, ...figures.map((figure) => columns.map((column) => figure[column]))];
    const content = `\ufeff${lines.map((line) => line.map(field).join(',')).join('\r\n')}\r\n`;
    return { type: 'text/csv; charset=utf-8', content, stamp: place.stamp };
  }
  const whole = {
    code: place.code,
    name: place.name,
    kind: place.kind,
    unit: place.unit.name,
    above: place.unit.above,
    changedOn: place.changedOn,
    licence: 'CC-BY-4.0',
    figures,
  };
  return {
    type: 'application/json; charset=utf-8',
    content: `${JSON.stringify(whole, null, 1)}\n`,
    stamp: place.stamp,
  };
}
