// What rings: shown as the club wrote it, and opened where it leads. Classic script of the service worker.
function shown(data) {
  const said = readPush(data);
  return self.registration.showNotification(said.title, {
    body: said.body,
    tag: said.tag,
    renotify: Boolean(said.tag),
    data: { url: said.url },
    icon: club.icon,
    badge: club.icon,
  });
}

// A browser that rings must show something, even where it cannot read what came.
function readPush(data) {
  try {
    const { title, body, url, tag } = data.json();
    return { title, body, url, tag };
  } catch {
    return { title: club.name, body: "", url: "/notifications", tag: "" };
  }
}

async function opened(notification) {
  notification.close();
  const asked = new URL(notification.data?.url ?? "/notifications", self.location.origin);
  const address = asked.origin === self.location.origin ? asked.href : self.location.origin;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((one) => one.url === address) ?? windows.find((one) => one.visibilityState === "visible") ?? windows[0];
  if (!there) return self.clients.openWindow(address);
  await there.focus();
  return there.url === address ? there : there.navigate(address).catch(() => self.clients.openWindow(address));
}

// The push service has given this browser another address, or taken the old one back. Some browsers subscribe anew themselves;
// for the others the club is asked for its key, since the old subscription may be gone with what it was made of. Who has signed
// out is answered 401, and rings no more.
async function renewed({ oldSubscription: old, newSubscription: given }) {
  const fresh = given ?? (await subscribedAnew());
  await ask("POST", "/me/push-subscriptions", fresh.toJSON());
  if (!old || old.endpoint === fresh.endpoint) return;
  await fetch(`/api/v1/me/push-subscriptions?endpoint=${encodeURIComponent(old.endpoint)}`, { method: "DELETE" });
}

async function subscribedAnew() {
  const { key } = await ask("GET", "/me/push-subscriptions");
  return self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}
