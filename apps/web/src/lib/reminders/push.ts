import type { Refusal } from '@dinh/texts/catalog';

/** `home-screen`: an iPhone or iPad on which Đình was not put on the home screen; Apple lets no other page take messages. */
export type PushState = 'able' | 'on' | 'unable' | 'home-screen' | 'denied' | 'failed';

const supported = (): boolean => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

/** An iPad calls itself a Mac; no Mac has a screen for fingers. */
const isApplePhone = (): boolean =>
  /iP(hone|ad|od)/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);

const fromHomeScreen = (): boolean => matchMedia('(display-mode: standalone)').matches;

/** Whether this browser can take messages. */
export const pushWorks = (): PushState => {
  if (isApplePhone() && !fromHomeScreen()) return 'home-screen';
  if (!supported()) return 'unable';
  return Notification.permission === 'denied' ? 'denied' : 'able';
};

/** By what Đình lists this browser among a person's devices; null when it never subscribed. */
export async function ownMark(): Promise<string | null> {
  const registration = await navigator.serviceWorker?.getRegistration('/');
  const subscription = await registration?.pushManager?.getSubscription();
  if (!subscription) return null;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(subscription.endpoint));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const bytesOf = (coded: string): Uint8Array<ArrayBuffer> => {
  const text = atob(coded.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
};

async function send(address: string, body: object): Promise<Record<string, unknown>> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as Record<string, unknown>;
}

/**
 * Asks the person, then the browser's push service, and tells Đình where this device is reached. A subscription under another key (the
 * installation has been made anew) is given up first.
 * @param address of the `push` route: `{}` answers the key, `{device}` keeps it
 */
export async function turnOn(address: string): Promise<PushState | { refusal: Refusal }> {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  const { key, refusal } = await send(address, {});
  if (refusal) return { refusal: refusal as Refusal };
  const registration = await navigator.serviceWorker.register('/service-worker.js', { scope: '/' });
  await navigator.serviceWorker.ready;
  const wanted = { userVisibleOnly: true, applicationServerKey: bytesOf(String(key)) };
  const subscription = await registration.pushManager.subscribe(wanted).catch(async () => {
    await (await registration.pushManager.getSubscription())?.unsubscribe();
    return registration.pushManager.subscribe(wanted);
  });
  const { endpoint, keys } = subscription.toJSON();
  const kept = await send(address, { device: { endpoint, p256dh: keys?.p256dh, auth: keys?.auth } });
  return kept.refusal ? { refusal: kept.refusal as Refusal } : 'on';
}
