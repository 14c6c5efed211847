import type { Paragraph } from 'docx';
import { AlignmentType, BorderStyle, LineRuleType, type Table } from 'docx';
import type { DocumentModel } from '../model/public.ts';
import { columns, textWidth } from './grid.ts';
import type { Ink } from './runs.ts';
import { line, mm, pt } from './runs.ts';

const centre = { alignment: AlignmentType.CENTER } as const;

/** A rule in the middle of a column of `width` millimetres. */
function rule(ink: Ink, width: number, share: number | null): Paragraph[] {
  if (share === null) return [];
  const side = mm((width * (1 - share)) / 2);
  const low = { line: pt(4), lineRule: LineRuleType.EXACT, before: 0, after: 0 };
  const border = { bottom: { style: BorderStyle.SINGLE, size: 6, color: '000000', space: 1 } };
  return [line(ink, 'note', '', { indent: { left: side, right: side }, spacing: low, border })];
}

/** Issuer beside the heading of state or party; number beside place and date. */
function twoColumns(ink: Ink, document: DocumentModel): (Paragraph | Table)[] {
  const { heading, texts } = ink.layout;
  const share = heading.startShare;
  const [first, ...rest] = texts[document.language].heading;
  const [own, other] = [textWidth(ink) * share, textWidth(ink) * (1 - share)];
  const { superior, name } = document.issuer;
  const issuer = [
    ...(superior === null ? [] : [line(ink, 'superior', superior, centre)]),
    line(ink, 'issuer', name, centre),
    ...(heading.mark === null ? rule(ink, own, heading.issuerRule) : [line(ink, 'superior', heading.mark, centre)]),
  ];
  const beside = [
    ...(first === undefined ? [] : [line(ink, 'heading', first, centre)]),
    ...rest.map((text) => line(ink, 'motto', text, centre)),
    ...rule(ink, other, heading.rule),
  ];
  const apart = { ...centre, spacing: { before: pt(4), after: 0 } };
  return [
    columns(
      ink,
      [share, 1 - share],
      [
        [issuer, beside],
        [[line(ink, 'number', document.number ?? '', apart)], [line(ink, 'placeDate', document.placeDate, apart)]],
      ],
    ),
  ];
}

/** The organisation's name over a rule; number, place and date in one line beneath. */
function letterhead(ink: Ink, document: DocumentModel): (Paragraph | Table)[] {
  const { superior, name } = document.issuer;
  const start = { alignment: AlignmentType.START } as const;
  const border = { bottom: { style: BorderStyle.SINGLE, size: 8, color: '000000', space: 4 } };
  return [
    ...(superior === null ? [] : [line(ink, 'superior', superior, start)]),
    line(ink, 'issuer', name, { ...start, border, spacing: { before: 0, after: pt(6) } }),
    columns(
      ink,
      [0.4, 0.6],
      [
        [
          [line(ink, 'number', document.number ?? '', start)],
          [line(ink, 'placeDate', document.placeDate, { alignment: AlignmentType.END })],
        ],
      ],
    ),
  ];
}

/** Everything above the body: issuer, number, place and date, type and abstract. */
export function head(ink: Ink, document: DocumentModel): (Paragraph | Table)[] {
  const plain = ink.layout.heading.shape === 'letterhead';
  const alignment = plain ? AlignmentType.START : AlignmentType.CENTER;
  const { abstract } = document;
  return [
    ...(plain ? letterhead(ink, document) : twoColumns(ink, document)),
    line(ink, 'type', document.title, {
      alignment,
      keepNext: true,
      spacing: { before: pt(plain ? 18 : 20), after: pt(2) },
    }),
    ...(abstract === null
      ? []
      : [line(ink, 'abstract', abstract, { alignment, keepNext: true, spacing: { before: 0, after: pt(2) } })]),
    ...(abstract === null || plain ? [] : rule(ink, textWidth(ink), 0.22)),
    line(ink, 'note', '', { spacing: { before: 0, after: pt(4) } }),
  ];
}
