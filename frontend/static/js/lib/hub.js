// What all tabs of a browser share: the connection, the outbox, the threads with their unread counts as the club counts them.
// `tell(frame)` reaches every tab. Runs in live-worker.js, or within the page where there is no SharedWorker.
import { call, Refused } from "./calls.js";
import { Connection } from "./connection.js";
import { Counted } from "./counted.js";
import { Outbox } from "./outbox.js";

const patience = 15000;
const passing = { "too-many": 429, unavailable: 503, "not-signed-in": 401 };

export class Hub {
  constructor(me, tell) {
    Object.assign(this, { me, tell, have: {}, waiting: new Map(), watched: new Set(), unheard: new Map() });
    this.counted = new Counted(me, tell);
    this.outbox = new Outbox({ me, transport: (item) => this.transport(item), told: (item) => tell({ op: "outbox", item }) });
    this.connection = new Connection({
      have: () => this.have,
      bell: () => this.notices ?? -1,
      receive: (frame) => this.receive(frame),
      changed: (state) => this.changed(state),
    });
  }

  // A tab has come, perhaps with a page of a thread up to a rev; what it lacks it fetches by itself.
  async join(thread, rev, answer) {
    if (thread) this.have[thread] ??= rev;
    answer({ op: "state", state: this.connection.state });
    if (this.counted.threads.size) answer(this.counted.frame());
    if (this.notices !== undefined) answer({ op: "notices", unread: this.notices });
    if (thread && this.have[thread] > rev) answer({ op: "gap", thread_id: thread });
    this.connection.wake();
    await this.outbox.ready;
    if (thread) for (const item of this.outbox.of(thread)) answer({ op: "outbox", item });
    if (this.connection.state === "online") this.outbox.flush();
  }

  act({ act, ...asked }, answer) {
    if (act === "join") return void this.join(asked.thread, asked.rev, answer);
    if (act === "post") return void this.outbox.add(asked.item);
    if (act === "retry") return void this.outbox.retry(asked.client_id);
    if (act === "discard") return this.discard(asked.client_id);
    if (act === "wake") return this.connection.wake();
    if (act === "lost") return this.connection.sleep();
    if (act === "watch") asked.handles.forEach((handle) => this.watched.add(handle));
    if (act === "read") return this.read(asked);
    if (act === "latest") return this.latest(asked.thread, answer);
    this.connection.send(act === "watch" ? { op: "watch", handles: [...this.watched] } : { op: act, ...asked });
  }

  // What was said between the writing of a page and its coming to life.
  latest(thread, answer) {
    const message = this.counted.threads.get(thread)?.last_message;
    if (message) answer({ op: "message", message });
  }

  changed(state) {
    this.tell({ op: "state", state });
    if (state === "online") {
      if (this.watched.size) this.connection.send({ op: "watch", handles: [...this.watched] });
      this.outbox.flush();
      this.unheard.forEach((seq, id) => this.sayRead(id, seq));
      return;
    }
    for (const { reject } of this.waiting.values()) reject(new Refused(state === "signed-out" ? 401 : 0));
  }

  receive(frame) {
    this[`on_${frame.op}`]?.(frame);
    if (frame.op !== "pong" && frame.op !== "digest") this.tell(frame);
  }

  on_welcome({ threads, notices_unread: unread }) {
    this.notices = unread;
    this.tell({ op: "notices", unread });
    for (const thread of threads) this.have[thread.id] ??= thread.rev;
    this.counted.welcome(threads);
  }

  on_message({ message }) {
    const { thread_id: id, rev, client_id: clientId } = message;
    this.have[id] = Math.max(this.have[id] ?? 0, rev);
    if (message.author?.handle === this.me && clientId) this.settle(clientId);
    this.counted.message(message);
  }

  on_notices({ unread }) {
    this.notices = unread;
  }

  on_read(frame) {
    if (frame.handle === this.me) this.unheard.delete(frame.thread_id);
    this.counted.read(frame);
  }

  on_thread({ thread }) {
    if (thread.left) delete this.have[thread.id];
    else this.have[thread.id] ??= thread.rev;
    this.counted.thread(thread);
  }

  on_gap({ thread_id: id, rev }) {
    this.have[id] = rev;
    this.counted.ask(id);
  }

  on_digest({ revs }) {
    for (const [id, rev] of Object.entries(revs)) {
      if (rev <= (this.have[id] ?? 0)) continue;
      this.have[id] = rev;
      this.tell({ op: "gap", thread_id: id, rev });
      this.counted.ask(id);
    }
  }

  on_ack({ client_id: id }) {
    this.settle(id);
  }

  // What is not known to pass by itself, the writer is asked about.
  on_problem({ client_id: id, type = "", title, detail }) {
    this.waiting.get(id)?.reject(new Refused(passing[type.split("/").pop()] ?? 422, { title, detail }));
  }

  settle(id) {
    this.waiting.get(id)?.resolve();
    this.outbox.forget(id);
    this.tell({ op: "settled", client_id: id });
  }

  // In every tab, whichever it was discarded in.
  discard(id) {
    this.outbox.forget(id);
    this.tell({ op: "discarded", client_id: id });
  }

  // Kept until the club has said that it heard it: a page is often read before its line stands.
  read({ thread_id: id, seq }) {
    this.unheard.set(id, seq);
    this.sayRead(id, seq);
  }

  sayRead(id, seq) {
    if (this.connection.send({ op: "read", thread_id: id, seq })) return;
    const isLast = () => this.unheard.get(id) === seq; // else she has read on meanwhile
    call("PUT", `/threads/${id}/read`, { seq }).then(
      () => isLast() && this.receive({ op: "read", thread_id: id, handle: this.me, seq }),
      ({ passing, status }) => !passing && status !== 401 && isLast() && this.unheard.delete(id),
    );
  }

  transport({ client_id, thread_id, body, reply_to, attachments }) {
    const said = { client_id, body, ...(reply_to ? { reply_to } : {}), ...(attachments.length ? { attachments } : {}) };
    if (this.connection.polling) return call("POST", `/threads/${thread_id}/messages`, said);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Refused(0)), patience);
      this.waiting.set(client_id, { resolve, reject });
      if (!this.connection.send({ op: "send", thread_id, ...said })) reject(new Refused(0));
      this.waiting.get(client_id).timer = timer;
    }).finally(() => {
      clearTimeout(this.waiting.get(client_id)?.timer);
      this.waiting.delete(client_id);
    });
  }
}
