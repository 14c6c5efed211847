import { refuse } from '@dinh/domain/kernel';
import type { Actor, AnyOperation } from '@dinh/operations/kernel';

/** Who sent a request. `scopes` narrows what a token may do of what its person may do; `null` for a person's own session. */
export type Caller = { actor: Actor; scopes: readonly string[] | null };

export const anonymous: Caller = { actor: { kind: 'anonymous' }, scopes: null };

/**
 * True when a scope covers the operation: `read` every query, `write` every command, `units.*` all of a feature, or one
 * operation's own name.
 */
export function scopeCovers(scopes: readonly string[], op: Pick<AnyOperation, 'name' | 'kind'>): boolean {
  return scopes.some((scope) => {
    if (scope === 'read') return op.kind === 'query';
    if (scope === 'write') return op.kind === 'command';
    return scope.endsWith('.*') ? op.name.startsWith(scope.slice(0, -1)) : scope === op.name;
  });
}

/** Refuses a token whose scopes do not cover the operation. */
export function checkScopes(caller: Caller, op: AnyOperation): void {
  if (caller.scopes !== null && !scopeCovers(caller.scopes, op)) refuse('access.token-scope', { operation: op.name });
}

/**
 * Refuses a command that a page of another site sent with this person's cookie. Tokens are never sent by themselves, so requests
 * with one need no such check.
 */
export function checkOrigin(request: Request, caller: Caller): void {
  if (caller.scopes !== null || caller.actor.kind !== 'person') return;
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') refuse('access.foreign-page');
  const origin = request.headers.get('origin');
  if (site === null && origin !== null && new URL(request.url).host !== hostOf(origin)) refuse('access.foreign-page');
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
