import { refuse } from '@dinh/domain/kernel';

/**
 * Reads at most `limit` bytes of JSON; stops reading as soon as there are more. An empty body is an empty object. What is left unread
 * is not cancelled: that would cut the connection before the refusal has reached a sender who is still sending.
 */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (request.body !== null && type !== 'application/json' && !/^application\/[a-z0-9.-]+\+json$/.test(type)) {
    refuse('api.not-json', { type: type || '-' });
  }
  const text = await readText(request, limit);
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return refuse('api.malformed-json');
  }
}

async function readText(request: Request, limit: number): Promise<string> {
  const tooLarge = () => refuse('api.body-too-large', { limit });
  if (Number(request.headers.get('content-length') ?? 0) > limit) {
    tooLarge();
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > limit) {
      tooLarge();
    }
    chunks.push(part.value);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    return refuse('api.malformed-json');
  }
}
