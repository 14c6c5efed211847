import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export type Posted = { to: string[]; from: string; raw: string };

const decoded = (part: string): string => {
  const [head = '', ...rest] = part.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (/transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString();
  if (!/transfer-encoding: quoted-printable/i.test(head)) return body;
  const bytes = body
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString();
};

/** A letter as its reader's program shows it: a header by name, its plain text and its page. */
export function opened({ raw }: Posted) {
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1] ?? '';
  const [, plain = '', page = ''] = raw.split(`--${boundary}`);
  const unfolded = raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ');
  return {
    header: (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(unfolded)?.[1]?.trim() ?? null,
    text: decoded(plain.trimStart()),
    html: decoded(page.trimStart()),
  };
}

/** A mail server on this machine. Addresses that begin with `nobody` are unknown to it; `busy` makes it put everything off. */
export async function openPostOffice() {
  const posted: Posted[] = [];
  const office = { busy: false };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo({ address }, _session, answer) {
      if (office.busy) return answer(Object.assign(new Error('come again'), { responseCode: 451 }));
      return address.startsWith('nobody')
        ? answer(Object.assign(new Error('no such person'), { responseCode: 550 }))
        : answer();
    },
    onData(stream, { envelope }, answer) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : '';
        posted.push({ to: envelope.rcptTo.map(({ address }) => address), from, raw: Buffer.concat(parts).toString() });
        answer();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    posted,
    office,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
