/**
 * What an API token may do: `read` every query and `write` every command its person may run, `programmes.*` one feature,
 * `programmes.submit` one operation. A scope never gives a right its person does not have.
 */
export const scopePattern = /^(read|write|[a-z]+(-[a-z]+)*\.(\*|[a-z]+(-[a-z]+)*))$/;

/** Signing in, credentials and tokens: a leaked token must not become an account. */
const neverByToken: ReadonlySet<string> = new Set([
  'people.add-passkey',
  'people.change-password',
  'people.end-session',
  'people.read-account',
  'people.remove-passkey',
  'people.sign-out-everywhere',
  'reminders.add-device',
  'reminders.ask-mail',
  'reminders.read-own',
  'tokens.create',
  'tokens.list',
  'tokens.revoke',
]);

/** True when one of the scopes lets a token run the operation. */
export function scopeAllows(
  scopes: readonly string[],
  operation: { name: string; kind: 'command' | 'query' },
): boolean {
  if (neverByToken.has(operation.name)) return false;
  const feature = `${operation.name.split('.')[0]}.*`;
  const general = operation.kind === 'query' ? 'read' : 'write';
  return scopes.some((scope) => scope === general || scope === feature || scope === operation.name);
}
