// Up to which rev a page holds its thread: all up to `rev` is here; `heard` came, perhaps past a hole, which is then fetched.
// `show(message)` draws one message; `signal` says that the page is left.
import { call } from "./calls.js";

const again = 5000;

export class CatchingUp {
  constructor({ thread, rev, show, signal }) {
    Object.assign(this, { thread, rev, heard: rev, show, signal });
  }

  take(message) {
    const missed = message.rev > this.rev + 1;
    this.heard = Math.max(this.heard, message.rev);
    if (!missed) this.rev = Math.max(this.rev, message.rev);
    this.show(message);
    if (missed) this.start();
  }

  // Asks for all that is above rev, until nothing came meanwhile that it does not hold.
  async start() {
    this.behind = true;
    if (this.running) return;
    this.running = true;
    try {
      while (this.behind) await this.fetch();
    } catch (refused) {
      if (refused.passing) this.later();
    } finally {
      this.running = false;
    }
  }

  async fetch() {
    this.behind = false;
    const { heard } = this;
    const { items } = await call("GET", `/threads/${this.thread}/messages?after_rev=${this.rev}&limit=100`);
    for (const message of items) {
      this.show(message);
      this.rev = Math.max(this.rev, message.rev);
    }
    if (items.length === 100) this.behind = true;
    else this.rev = Math.max(this.rev, heard);
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.signal.aborted || this.start(), again);
  }
}
