// What a page hears and says live: `live.on("message", …)`, `live.act("read", {…})`. One socket for all tabs where the browser
// has shared workers, else one for this page.
import { Hub } from "./hub.js";

const heard = new EventTarget();
const me = document.querySelector("unread-count")?.getAttribute("me");
let hub;
let port;

function tell(frame) {
  if (frame.op === "state") live.state = frame.state;
  heard.dispatchEvent(new CustomEvent(frame.op, { detail: frame }));
}

function within() {
  hub = new Hub(me, tell);
}

export const live = {
  me,
  state: "connecting",

  on(op, act, signal) {
    heard.addEventListener(op, ({ detail }) => act(detail), { signal });
  },

  act(act, asked = {}) {
    if (port) port.postMessage({ act, ...asked });
    else hub?.act({ act, ...asked }, tell);
  },

  // Once a page, with the thread that it shows, if any.
  join(thread, rev) {
    if (!me) return;
    if (!port && !hub) begin();
    live.act("join", { thread, rev });
  },
};

function begin() {
  if (typeof SharedWorker === "undefined") return within();
  const worker = new SharedWorker(new URL("../live-worker.js", import.meta.url), { type: "module", name: me });
  worker.onerror = () => {
    port = undefined;
    within();
    live.join(joined.thread, joined.rev);
  };
  port = worker.port;
  port.onmessage = ({ data }) => tell(data);
  addEventListener("pagehide", () => port?.postMessage({ act: "part" }));
}

const page = document.querySelector("message-thread");
const joined = { thread: page?.getAttribute("thread"), rev: Number(page?.getAttribute("rev")) || 0 };
// Should this page be closed before there is a line again, the browser wakes the service worker for what waits.
live.on("outbox", () => {
  if (live.state !== "online") navigator.serviceWorker?.ready.then(({ sync }) => sync?.register("outbox")).catch(() => {});
});
addEventListener("online", () => live.act("wake"));
addEventListener("offline", () => live.act("lost"));
// A page that comes out of the browser's cache has missed what went by.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
