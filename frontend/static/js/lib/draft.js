// What is half written, kept by the club: on another device it goes on from there.
import { call } from "./calls.js";

const pause = 1200;

export class Draft {
  constructor(composer) {
    this.composer = composer;
    this.kept = composer.input.value;
    this.away = () => document.visibilityState === "hidden" && this.leave();
    document.addEventListener("visibilitychange", this.away);
  }

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), pause);
  }

  sent() {
    clearTimeout(this.timer);
    this.keep();
  }

  leave() {
    clearTimeout(this.timer);
    this.keep({ keepalive: true });
  }

  async keep(options) {
    const { thread, input, about } = this.composer;
    const body = about.editing ? about.before ?? "" : input.value;
    if (body === this.kept) return;
    this.kept = body;
    await call("PUT", `/threads/${thread}/draft`, { body }, options).catch(() => { this.kept = undefined; });
  }
}
