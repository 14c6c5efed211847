/**
 * Shows what Đình sends to this device, and opens its page. It keeps nothing and answers no request: pages come from the server as they
 * do without it.
 */
type Told = { title: string; body: string; path: string; tag: string; lang: string; dir: 'ltr' | 'rtl' };

const worker = globalThis as unknown as ServiceWorkerGlobalScope;

worker.addEventListener('push', (event) => {
  if (!event.data) return;
  const { title, body, path, tag, lang, dir } = event.data.json() as Told;
  // The same message that came twice replaces itself.
  const shown = { body, tag, lang, dir, icon: '/icon-192.png', data: { path } };
  event.waitUntil(worker.registration.showNotification(title, shown));
});

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { path } = event.notification.data as { path: string };
  const target = new URL(path, worker.location.origin);
  const open = async () => {
    // Only ever a page of this site.
    if (target.origin !== worker.location.origin) return;
    const windows = await worker.clients.matchAll({ type: 'window' });
    const shown = windows.find(({ url }) => url === target.href);
    await (shown ? shown.focus() : worker.clients.openWindow(target.href));
  };
  event.waitUntil(open());
});
