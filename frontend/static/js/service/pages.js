// Without a line: the pages visited last, as they were. Classic script of the service worker (`club` is what the server said).
// A page is kept for its reader alone: whoever comes after her, or nobody, empties what she left. Scripts and styles bear their
// version in their address, so that a page gets the very ones it was written for.
const pagesKept = 30;
const picturesKept = 80;
const keptFor = 14 * 86400000;
const staticCache = `static-${club.version}`;
const privately = "kept-";
// Addresses that hold a secret, or pages that no device should keep.
const neverKept = /^\/(offline|api|desk|me|sign-in|sign-out|claim|unsubscribe|verify|recoveries|account|moderation)(\/|$)/;

async function install() {
  const cache = await caches.open(staticCache);
  await cache.addAll([...club.files, ...club.languages.map((language) => `/offline/${language}`)]);
}

// The version before stays, for the pages that were kept with it.
async function tidy() {
  const versions = (await caches.keys()).filter((name) => name.startsWith("static-"));
  await Promise.all(versions.slice(0, -2).map((name) => caches.delete(name)));
}

async function forgetAll(but) {
  const names = (await caches.keys()).filter((name) => name.startsWith(privately) && name !== but);
  await Promise.all(names.map((name) => caches.delete(name)));
}

async function page(event) {
  const { request, resultingClientId: client } = event;
  try {
    const answer = await fetch(request);
    event.waitUntil(keep(request, answer.clone()));
    return answer;
  } catch {
    return (await keptOf(request, client)) ?? (await offline());
  }
}

async function keep(request, answer) {
  if (answer.status !== 200 || !answer.headers.get("content-type")?.startsWith("text/html")) return;
  const reader = answer.headers.get("ssc-reader");
  const name = privately + (reader ?? "nobody");
  const secret = answer.headers.get("referrer-policy") === "no-referrer";
  const never = secret || answer.redirected || neverKept.test(new URL(request.url).pathname);
  if (reader || !never) await forgetAll(name); // some pages are the same for everybody, whoever is signed in
  if (never) return;
  const cache = await caches.open(name);
  const headers = new Headers(answer.headers);
  headers.set("ssc-kept-at", Date.now());
  await cache.delete(request.url);
  await cache.put(request.url, new Response(await answer.blob(), { headers }));
  await bound(cache, pagesKept, ({ url }) => !isPicture(url));
}

async function keptOf(request, client) {
  const answer = await caches.match(request.url, { ignoreVary: true });
  const at = Number(answer?.headers.get("ssc-kept-at"));
  if (!at || Date.now() - at > keptFor) return undefined;
  tell(client, { op: "kept", at });
  return answer;
}

// The page asks as soon as it can hear.
const told = new Map();
function tell(client, word) {
  told.set(client, word);
}

async function offline() {
  return (await caches.match(`/offline/${await languageOfReader()}`)) ?? Response.error();
}

async function languageOfReader() {
  for (const name of (await caches.keys()).filter((one) => one.startsWith(privately))) {
    const cache = await caches.open(name);
    const [latest] = (await cache.keys()).slice(-1);
    const language = latest && (await cache.match(latest)).headers.get("content-language");
    if (club.languages.includes(language)) return language;
  }
  return club.languages.find((language) => navigator.language.startsWith(language)) ?? club.languages[0];
}

async function file(request) {
  const held = await caches.match(request, { ignoreVary: true });
  if (held) return held;
  const answer = await fetch(request);
  const lasts = answer.headers.get("cache-control")?.includes("immutable");
  if (answer.ok && lasts) await (await caches.open(staticCache)).put(request, answer.clone());
  return answer;
}

// Faces and photos belong to the page: kept with it, forgotten with it.
async function picture(event) {
  const { request } = event;
  try {
    const answer = await fetch(request);
    if (answer.ok) event.waitUntil(keepPicture(request, answer.clone()));
    return answer;
  } catch {
    return (await caches.match(request.url, { ignoreVary: true })) ?? Response.error();
  }
}

async function keepPicture(request, answer) {
  if (new URL(request.url).pathname.startsWith("/files/albums/")) return; // somebody in it may take it down
  const [name] = (await caches.keys()).filter((one) => one.startsWith(privately));
  if (!name) return;
  const cache = await caches.open(name);
  await cache.put(request.url, answer);
  await bound(cache, picturesKept, ({ url }) => isPicture(url));
}

function isPicture(url) {
  return new URL(url).pathname.startsWith("/files/");
}

async function bound(cache, most, counts) {
  const held = (await cache.keys()).filter(counts);
  await Promise.all(held.slice(0, -most).map((one) => cache.delete(one)));
}
