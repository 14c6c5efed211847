import type { Caller } from '@dinh/api/http';
import { anonymous } from '@dinh/api/http';
import { refuse } from '@dinh/domain/kernel';

/** The token of `Authorization: Bearer …`, or undefined. */
export function bearerToken(request: Request): string | undefined {
  const [scheme = '', token] = (request.headers.get('authorization') ?? '').trim().split(/\s+/, 2);
  return scheme.toLowerCase() === 'bearer' ? (token ?? '') : undefined;
}

/** Who sent an API request: the person of a token, or nobody. */
export async function callerOf(request: Request): Promise<Caller> {
  return bearerToken(request) === undefined ? anonymous : refuse('access.token-unknown');
}
