// What is written and not yet stored by the club: kept in IndexedDB until acknowledged, sent in order, thread by thread.
// `transport(item)` settles once the club has stored or refused it. A refusal that passes by itself is tried again; any other
// is the writer's to answer: she tries again or discards, and until then what she wrote after it in that thread waits behind it.
import { call } from "./calls.js";

const store = "messages";

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("ssc-outbox", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(store, { keyPath: "client_id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

// Private windows of some browsers have no IndexedDB: then what waits lives as long as the page.
async function within(mode, act) {
  const database = await (within.database ??= opened());
  return new Promise((resolve, reject) => {
    const change = database.transaction(store, mode);
    const asked = act(change.objectStore(store));
    change.oncomplete = () => resolve(asked.result);
    change.onerror = change.onabort = () => reject(change.error);
  });
}

export class Outbox {
  constructor({ me, transport, told }) {
    Object.assign(this, { me, transport, told, items: new Map(), running: new Set() });
    this.ready = this.load();
  }

  async load() {
    const kept = await within("readonly", (all) => all.getAll()).catch(() => []);
    for (const item of kept.sort((a, b) => a.at - b.at)) if (item.member === this.me) this.items.set(item.client_id, item);
  }

  of(thread) {
    return [...this.items.values()].filter((item) => item.thread_id === thread);
  }

  async add(item) {
    await this.ready;
    await this.keep({ ...item, member: this.me, at: Date.now(), attachments: [], refusal: null });
    this.flush();
  }

  async keep(item) {
    this.items.set(item.client_id, item);
    await within("readwrite", (all) => all.put(item)).catch(() => {});
    this.told(item);
  }

  // Stored or discarded: what waited behind it goes on.
  async forget(clientId) {
    await this.ready; // what is still being loaded is to be forgotten too
    const item = this.items.get(clientId);
    if (!item) return;
    this.items.delete(clientId);
    await within("readwrite", (all) => all.delete(clientId)).catch(() => {});
    this.drain(item.thread_id);
  }

  async retry(clientId) {
    const item = this.items.get(clientId);
    if (item) await this.keep({ ...item, refusal: null });
    this.flush();
  }

  async flush() {
    await this.ready;
    for (const thread of new Set([...this.items.values()].map((item) => item.thread_id))) this.drain(thread);
  }

  // One after the other: a thread's messages arrive in the order in which they were written.
  async drain(thread) {
    if (this.running.has(thread)) return;
    this.running.add(thread);
    try {
      for (let item; (item = this.next(thread)); ) await this.deliver(item);
    } catch (refused) {
      if (refused.status !== 401) this.later(refused.after || 5);
    } finally {
      this.running.delete(thread);
    }
  }

  next(thread) {
    const [first] = this.of(thread);
    return first?.refusal ? undefined : first;
  }

  later(seconds) {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.flush();
    }, seconds * 1000);
  }

  async deliver(item) {
    try {
      await this.upload(item);
      await this.transport(item);
      await this.forget(item.client_id);
    } catch (refused) {
      if (refused.passing !== false || refused.status === 401) throw refused;
      await this.keep({ ...this.items.get(item.client_id) ?? item, refusal: refused.message });
    }
  }

  async upload(item) {
    while (item.files?.length) {
      const form = new FormData();
      form.append("file", item.files[0].blob, item.files[0].name);
      const { id } = await call("POST", "/uploads", form);
      item.attachments.push(id);
      item.files.shift();
      await this.keep(item);
    }
  }
}
