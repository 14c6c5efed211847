import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal } from '@dinh/domain/kernel';
import { execute } from '@dinh/operations/kernel';
import { stopMail } from '@dinh/operations/reminders';
import type { Services } from './services.ts';

const LINK = /^\/mail\/(\d{1,9})\/([\w-]{1,100})\/stop$/;

/**
 * Whether a mail program ends the mail of its reader by itself (RFC 8058): it posts without a page of ours around it, which forms of
 * pages must not. What lets it is the secret in the address, and all it can do is end that mail.
 */
export const endsMail = ({ method, url, headers }: IncomingMessage): boolean =>
  method === 'POST' && headers.origin === undefined && LINK.test(url ?? '');

/** Ends the mail the address is of, and says only that. What is posted is not read. */
export function endMail(request: IncomingMessage, response: ServerResponse, { services }: Services): void {
  const [, unit = '', secret = ''] = LINK.exec(request.url ?? '') ?? [];
  const answer = (status: number) => response.writeHead(status, { 'content-length': 0, connection: 'close' }).end();
  request.resume();
  execute(services, stopMail, { unitId: Number(unit), secret }, { actor: { kind: 'anonymous' } }).then(
    () => answer(200),
    (error: unknown) => {
      if (!(error instanceof Refusal)) console.error(`[${new Date().toISOString()}] [end-mail]`, error);
      answer(error instanceof Refusal ? error.status : 500);
    },
  );
}
