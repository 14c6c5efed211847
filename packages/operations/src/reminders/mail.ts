import { directionOf, type Translator } from '@dinh/texts/catalog';
import { createTransport } from 'nodemailer';
import { CONFIRM_DAYS } from './links.ts';
import type { Outcome } from './outcome.ts';
import type { MailSettings } from './settings.ts';
import type { Said } from './words.ts';

const TIMEOUT_MS = 20_000;

export type Letter = { to: string; id: string; subject: string; text: string; html: string; stop: string };

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

type Part = { text: string; href?: string };

/** The same words twice: plain, and with the direction and language a mail program needs to set them right. */
function bodies(t: Translator, parts: readonly (readonly Part[])[]): { text: string; html: string } {
  const text = parts
    .map((part) => part.map((line) => (line.href ? `${line.text}\n${line.href}` : line.text)).join('\n'))
    .join('\n\n');
  const html = parts
    .map((part) => {
      const lines = part.map(({ text, href }) =>
        href ? `<a href="${escaped(href)}">${escaped(text)}</a>` : escaped(text),
      );
      return `<p>${lines.join('<br>\n')}</p>`;
    })
    .join('\n');
  const head = `<html lang="${t.language}" dir="${directionOf(t.language)}"><meta charset="utf-8">`;
  return { text: `${text}\n`, html: `<!doctype html>\n${head}\n<body>\n${html}\n</body></html>\n` };
}

type Links = { origin: string; unitId: number; stop: string };

const stopLink = ({ origin, unitId, stop }: Links) => `${origin}/mail/${unitId}/${stop}/stop`;

/** A message as a letter. */
export function letterOf(t: Translator, said: Said, links: Links): Pick<Letter, 'subject' | 'text' | 'html' | 'stop'> {
  const stop = stopLink(links);
  const parts = [
    [{ text: said.subject }],
    said.lines.map((text) => ({ text })),
    [{ text: t('reminders.open'), href: `${links.origin}${said.path}` }],
    [{ text: t('reminders.mail.why') }, { text: t('reminders.mail.stop'), href: stop }],
  ];
  return { subject: said.subject, stop, ...bodies(t, parts) };
}

/** The question whether an address is theirs. It says nothing of anybody: it may have come to the wrong one. */
export function questionOf(
  t: Translator,
  secret: string,
  links: Links,
): Pick<Letter, 'subject' | 'text' | 'html' | 'stop'> {
  const stop = stopLink(links);
  const parts = [
    [{ text: t('reminders.mail.asked') }],
    [{ text: t('reminders.mail.confirm'), href: `${links.origin}/mail/${links.unitId}/${secret}/confirm` }],
    [{ text: t('reminders.mail.not-yours', { days: CONFIRM_DAYS }) }],
  ];
  return { subject: t('reminders.subject.mail-confirm'), stop, ...bodies(t, parts) };
}

export type MailSender = { send: (letter: Letter) => Promise<Outcome>; origin: string; close: () => void };

/** The refusal of a letter or of its address stands; everything else may pass. */
function failed(error: unknown): Outcome {
  const { code, responseCode = 0 } = error as { code?: string; responseCode?: number };
  const final = (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode >= 500;
  return { ok: false, code: final ? 'mail-refused' : 'mail-unreachable', final };
}

/** Hands letters to the mail server of the settings; connections are kept while there is more to send. */
export function openMail({ url, from, origin }: MailSettings): MailSender {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 3,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const host = /@([^\s<>]+)/.exec(from)?.[1] ?? 'dinh';
  return {
    origin,
    close: () => transport.close(),
    send: ({ to, id, stop, subject, text, html }) =>
      transport
        .sendMail({
          from,
          to,
          subject,
          text,
          html,
          // The same message tried twice has the same id: whoever gets both shows one.
          messageId: `<${id}@${host}>`,
          headers: {
            'auto-submitted': 'auto-generated',
            'list-unsubscribe': `<${stop}>`,
            'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
          },
        })
        .then(() => ({ ok: true }) as const, failed),
  };
}
