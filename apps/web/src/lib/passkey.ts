import type { Refusal } from '@dinh/texts/catalog';

export type Outcome = { next: string } | { refusal: Refusal } | { cancelled: true };

/** Passkeys exist only over https and on this machine itself. */
export const passkeysWork = (): boolean => typeof window !== 'undefined' && 'PublicKeyCredential' in window;

async function send(address: string, body: object): Promise<Record<string, unknown>> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as Record<string, unknown>;
}

/**
 * Asks the server for a challenge, the device for its answer, and gives it back.
 * @param address of the `passkey` route of the page; it takes `{}` plus `extra`, then `{response}` plus `extra`
 */
export async function usePasskey(kind: 'sign-in' | 'register', address: string, extra: object = {}): Promise<Outcome> {
  const begun = await send(address, extra);
  if (begun.refusal) return { refusal: begun.refusal as Refusal };
  const { startAuthentication, startRegistration } = await import('@simplewebauthn/browser');
  let response: object;
  try {
    response =
      kind === 'sign-in'
        ? await startAuthentication({
            optionsJSON: begun as unknown as Parameters<typeof startAuthentication>[0]['optionsJSON'],
          })
        : await startRegistration({
            optionsJSON: begun as unknown as Parameters<typeof startRegistration>[0]['optionsJSON'],
          });
  } catch {
    // Closed, timed out, or no passkey on this device: the browsers do not say which.
    return { cancelled: true };
  }
  const done = await send(address, { ...extra, response });
  return done.refusal ? { refusal: done.refusal as Refusal } : { next: String(done.next) };
}
