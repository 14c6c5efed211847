import { AlignmentType, Document, Footer, Header, Packer, PageNumber, Paragraph, TextRun } from 'docx';
import type { Layout } from '../layouts/public.ts';
import type { Block, DocumentModel } from '../model/public.ts';
import { body, foot } from './body.ts';
import { head } from './heading.ts';
import type { Ink } from './runs.ts';
import { line, mm } from './runs.ts';

function pageNumber(ink: Ink): Paragraph {
  const { layout, rtl } = ink;
  const size = layout.pageNumber.size * 2;
  return new Paragraph({
    bidirectional: rtl,
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: [PageNumber.CURRENT], font: layout.font, size, rightToLeft: rtl })],
  });
}

/** A document as a DOCX file that Word and LibreOffice open, in a family's layout. */
export async function renderDocx(document: DocumentModel, layout: Layout): Promise<Uint8Array> {
  const ink: Ink = { layout, rtl: document.language === 'ar' };
  const { width, height, margins } = layout.page;
  const draft = document.draft === null ? [] : [line(ink, 'section', document.draft, { alignment: AlignmentType.END })];
  const top = layout.pageNumber.place === 'top';
  const numbered = pageNumber(ink);
  const blank = [line(ink, 'note', '')];
  const orBlank = (parts: Paragraph[]) => (parts.length > 0 ? parts : blank);
  const onFirst = layout.pageNumber.onFirst;
  const file = new Document({
    creator: document.issuer.name,
    title: document.abstract === null ? document.title : `${document.title}: ${document.abstract}`,
    description: '',
    lastModifiedBy: document.issuer.name,
    styles: {
      default: {
        document: {
          run: { font: layout.font, size: layout.styles.body.size * 2, language: { value: locale(document) } },
        },
      },
    },
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            size: { width: mm(width), height: mm(height) },
            margin: {
              top: mm(margins.top),
              bottom: mm(margins.bottom),
              left: mm(ink.rtl ? margins.end : margins.start),
              right: mm(ink.rtl ? margins.start : margins.end),
              header: mm(9),
              footer: mm(9),
            },
          },
        },
        headers: {
          first: new Header({ children: orBlank([...draft, ...(top && onFirst ? [numbered] : [])]) }),
          default: new Header({ children: orBlank([...draft, ...(top ? [pageNumber(ink)] : [])]) }),
        },
        footers: {
          first: new Footer({ children: orBlank(!top && onFirst ? [pageNumber(ink)] : []) }),
          default: new Footer({ children: orBlank(top ? [] : [pageNumber(ink)]) }),
        },
        children: [...head(ink, document), ...body(ink, ended(document, layout)), ...foot(ink, document)],
      },
    ],
  });
  return Packer.toBuffer(file);
}

/** The body with the family's closing mark after its last sentence. */
function ended({ blocks, language }: DocumentModel, layout: Layout): Block[] {
  const { end } = layout.texts[language];
  const last = blocks.at(-1);
  if (end === '' || (last?.kind !== 'text' && last?.kind !== 'item')) return blocks;
  return [...blocks.slice(0, -1), { ...last, text: `${last.text.replace(/\.$/, '')}${end}` }];
}

function locale({ language }: DocumentModel): string {
  return { vi: 'vi-VN', en: 'en-GB', ar: 'ar-EG' }[language];
}
