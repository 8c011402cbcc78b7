// The service worker: what it hears, and who answers. The server puts `club` and the other scripts before it (web/offline.py).
self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(install());
});

self.addEventListener("activate", (event) => event.waitUntil(Promise.all([tidy(), self.clients.claim()])));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method !== "GET") {
    const leaves = pathname === "/sign-out" || (pathname === "/api/v1/session" && request.method === "DELETE");
    if (leaves) event.waitUntil(forgetAll());
    return;
  }
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (isPicture(request.url)) event.respondWith(picture(event));
});

self.addEventListener("message", ({ data, source }) => {
  if (data.ask !== "kept" || !source) return;
  if (told.has(source.id)) source.postMessage(told.get(source.id));
  told.delete(source.id);
});

self.addEventListener("push", (event) => event.waitUntil(shown(event.data)));
self.addEventListener("notificationclick", (event) => event.waitUntil(opened(event.notification)));
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renewed(event)));
self.addEventListener("sync", (event) => event.tag === "outbox" && event.waitUntil(sendUnsent()));
