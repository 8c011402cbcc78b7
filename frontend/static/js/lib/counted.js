// The threads as the club counts them: how much of each is unread, and how much in all.
// What is plain is counted on from the club's number; whatever is not, the club is asked.
import { call } from "./calls.js";

export class Counted {
  constructor(me, tell) {
    Object.assign(this, { me, tell, threads: new Map() });
  }

  welcome(threads) {
    this.threads = new Map(threads.map((thread) => [thread.id, thread]));
    this.say();
  }

  thread(thread) {
    if (thread.left) this.threads.delete(thread.id);
    else this.threads.set(thread.id, thread);
    this.say();
  }

  message(message) {
    const thread = this.threads.get(message.thread_id);
    if (!thread) return;
    const fresh = message.seq > thread.last_seq;
    thread.rev = message.rev;
    thread.last_seq = Math.max(thread.last_seq, message.seq);
    if (message.seq >= thread.last_seq) thread.last_message = message;
    this.count(thread, message, fresh);
  }

  count(thread, message, fresh) {
    const own = message.author?.handle === this.me;
    const named = message.html.includes(`/members/${this.me}"`);
    if (fresh && own) Object.assign(thread, { unread: 0, mentions: 0, read_seq: message.seq });
    else if (fresh && message.kind === "text" && message.author && !named) thread.unread += 1;
    else if (message.seq > thread.read_seq && message.kind === "text") return void this.ask(thread.id);
    this.say();
  }

  read({ thread_id: id, handle, seq }) {
    const thread = this.threads.get(id);
    if (!thread || handle !== this.me) return;
    thread.read_seq = seq;
    if (seq < thread.last_seq) return void this.ask(id);
    Object.assign(thread, { unread: 0, mentions: 0 });
    this.say();
  }

  async ask(id) {
    try {
      const thread = await call("GET", `/threads/${id}`);
      this.threads.set(id, thread);
      this.tell({ op: "thread", thread });
      this.say();
    } catch {
      // The next welcome brings it.
    }
  }

  say() {
    this.tell(this.frame());
  }

  // Requests count once each; what is muted or put away does not count.
  frame() {
    const now = Date.now();
    const all = [...this.threads.values()];
    const loud = all.filter((one) => !one.archived && !(one.muted_until && Date.parse(one.muted_until) > now));
    const total = loud.reduce((sum, one) => sum + (one.request === "incoming" ? 1 : one.unread), 0);
    const by = (value) => Object.fromEntries(all.map((thread) => [thread.id, value(thread)]));
    return { op: "counts", total, threads: by(({ unread }) => unread), last: by((thread) => thread.last_message?.seq ?? 0) };
  }
}
