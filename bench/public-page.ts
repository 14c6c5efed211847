import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { median, type Result } from './result.ts';

const CONNECTIONS = 32;
const ROUND_MS = 2_000;
const ROUNDS = 5;

/** A server of Node that does nothing but answer with these bytes and headers. */
const BARE = `
const { createServer } = require('node:http');
let text = '';
process.stdin.on('data', (part) => { text += part; }).on('end', () => {
  const { headers, body } = JSON.parse(text);
  const bytes = Buffer.from(body, 'base64');
  const server = createServer((request, response) => { response.writeHead(200, headers); response.end(bytes); });
  server.listen(0, '127.0.0.1', () => process.stdout.write(server.address().port + '\\n'));
});`;

type Answer = { headers: Record<string, string>; body: Buffer };

async function startBare({ headers, body }: Answer): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, ['-e', BARE], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify({ headers, body: body.toString('base64') }));
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, port: Number(said.toString()) };
}

/** Asks over a connection as soon as the last answer is whole, until told to stop; answers are all of one length. */
function keepAsking(port: number, path: string, length: number, isOver: () => boolean): Promise<number> {
  const request = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip, deflate, br\r\nAccept-Language: vi-VN,vi;q=0.9,en;q=0.8\r\n\r\n`;
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    let [answered, waiting] = [0, length];
    socket.on('data', (part) => {
      waiting -= part.length;
      if (waiting > 0) return;
      answered += 1;
      waiting += length;
      if (isOver()) socket.end();
      else socket.write(request);
    });
    socket.on('close', () => resolve(answered));
    socket.on('error', reject);
  });
}

/** Length of one answer on the wire, headers included. */
function lengthOf(port: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip, deflate, br\r\nAccept-Language: vi-VN,vi;q=0.9,en;q=0.8\r\n\r\n`,
      ),
    );
    const parts: Buffer[] = [];
    socket.on('data', (part) => {
      parts.push(part);
      const all = Buffer.concat(parts);
      const end = all.indexOf('\r\n\r\n');
      const body = Number(
        /content-length: (\d+)/i.exec(all.toString('latin1', 0, Math.max(end, 0)))?.[1] ?? Number.NaN,
      );
      if (end < 0 || all.length < end + 4 + body) return;
      socket.destroy();
      resolve(all.length);
    });
    socket.on('error', reject);
  });
}

async function perSecond(port: number, path: string): Promise<number> {
  const length = await lengthOf(port, path);
  const began = performance.now();
  const isOver = () => performance.now() - began > ROUND_MS;
  const counts = await Promise.all(Array.from({ length: CONNECTIONS }, () => keepAsking(port, path, length, isOver)));
  return (counts.reduce((sum, each) => sum + each, 0) * 1000) / (performance.now() - began);
}

/** A public page from its cache against a bare server that answers with the same bytes, in turns. */
export async function measurePublicPage(port: number, path: string, say: (line: string) => void): Promise<Result[]> {
  say('a public page from its cache');
  const asked = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'accept-encoding': 'br' } });
  if (!asked.ok) throw new Error(`${path} answered ${asked.status}`);
  // What a client of the language unpacks, its length says as it was sent.
  const length = Number(asked.headers.get('content-length'));
  const headers = Object.fromEntries(
    [...asked.headers].filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name)),
  );
  const bare = await startBare({ headers, body: Buffer.alloc(length, 'x') });
  const [ours, floors]: [number[], number[]] = [[], []];
  try {
    // Both are warm before anything counts.
    await perSecond(bare.port, path);
    await perSecond(port, path);
    for (let round = 0; round < ROUNDS; round += 1) {
      floors.push(await perSecond(bare.port, path));
      ours.push(await perSecond(port, path));
    }
  } finally {
    bare.child.kill();
  }
  const [value, floor] = [median(ours), median(floors)];
  return [
    {
      name: 'public page from cache',
      value,
      unit: 'requests/s',
      floor,
      ratio: value / floor,
      limit: '≥ 0.6 × floor',
      ok: value >= 0.6 * floor,
    },
  ];
}
