import { type ActionResult, applyAction, deserialize } from '$app/forms';
import { goto, invalidateAll } from '$app/navigation';

const PAUSE = 4000;

/** The id of a command made on the page. Not by `crypto.randomUUID`, which a hall's own server without a certificate does not give. */
export function newCommandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** How many forms wait for a connection: whoever leaves the page then is asked first. */
let waiting = 0;
const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
function hold(change: 1 | -1): void {
  waiting += change;
  if (waiting > 0) addEventListener('beforeunload', ask);
  else removeEventListener('beforeunload', ask);
}

/** Until the connection is said to be back, or a few seconds: phones do not always say it. */
const soon = (): Promise<void> =>
  new Promise((resolve) => {
    const over = (): void => {
      clearTimeout(timer);
      removeEventListener('online', over);
      resolve();
    };
    const timer = setTimeout(over, PAUSE);
    addEventListener('online', over);
  });

type Words = Record<string, unknown> | undefined;

/** Nobody answered: no connection, a server that starts anew, or the sign-in page of a café's wireless network. */
export const isLost = (result: ActionResult<Words, Words>): boolean =>
  result.type === 'error' && result.status === undefined && (result.error?.status ?? 500) >= 500;

async function once(action: URL | string, body: FormData): Promise<ActionResult | null> {
  try {
    const headers = { accept: 'application/json', 'x-sveltekit-action': 'true' };
    const answer = await fetch(action, { method: 'POST', headers, body, cache: 'no-store' });
    if (answer.status >= 502 && answer.status <= 504) return null;
    const text = await answer.text();
    if (!answer.ok && !text.startsWith('{')) {
      return { type: 'error', status: answer.status, error: { status: answer.status, message: answer.statusText } };
    }
    const result: ActionResult = deserialize(text);
    return result.type === 'error' ? { ...result, status: answer.status } : result;
  } catch {
    return null;
  }
}

/**
 * Sends a form until somebody answers. It carries the id of its command, so one that arrived before the connection dropped is answered
 * again and not done again.
 * @param waits told true when nobody answered, and false when somebody did after all
 */
export async function deliver(
  action: URL | string,
  body: FormData,
  waits: (waits: boolean) => void,
): Promise<ActionResult> {
  let result = await once(action, body);
  if (result) return result;
  hold(1);
  waits(true);
  while (!result) {
    await soon();
    result = await once(action, body);
  }
  hold(-1);
  waits(false);
  return result;
}

/** Shows what came of a form that was delivered late, as it would have been shown at once. */
export async function settle(result: ActionResult): Promise<void> {
  const elsewhere = 'location' in result && result.location ? new URL(result.location, location.href) : null;
  if (result.type === 'success') await invalidateAll();
  if (result.type === 'success' && elsewhere && elsewhere.pathname !== location.pathname) await goto(elsewhere);
  else await applyAction(result);
}
