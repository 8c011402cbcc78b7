// The messages of a thread, live: <message-thread thread rev last read me zone …words><div class="log">…<template>…</message-thread>
// What comes is put in its place by seq, the newest state by rev; the place where one reads is kept.
import { call } from "../lib/calls.js";
import { CatchingUp } from "../lib/catching-up.js";
import { live } from "../lib/live.js";
import { Log } from "../lib/log.js";
import { ReadMark } from "../lib/read-mark.js";

customElements.define("message-thread", class extends HTMLElement {
  connectedCallback() {
    this.thread = this.getAttribute("thread");
    this.detached = this.hasAttribute("detached");
    this.turned = Number(this.getAttribute("last"));
    this.log = new Log(this);
    this.mark = new ReadMark(this, this.log);
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    const rev = Number(this.getAttribute("rev"));
    this.held = new CatchingUp({ thread: this.thread, rev, show: (message) => this.show(message), signal });
    const mine = (act) => (frame) => frame.thread_id === this.thread && act(frame);
    live.on("message", ({ message }) => message.thread_id === this.thread && this.held.take(message), signal);
    live.on("gap", mine(() => this.held.start()), signal);
    live.on("read", mine(({ handle, seq }) => (handle === live.me ? this.mark.heard(seq) : this.mark.seenBy(seq))), signal);
    live.on("thread", ({ thread }) => thread.id === this.thread && thread.left && this.close(), signal);
    live.on("welcome", ({ threads }) => this.compare(threads), signal);
    live.on("outbox", ({ item }) => item.thread_id === this.thread && this.log.unsent.put(item), signal);
    live.on("settled", ({ client_id: id }) => this.log.unsent.settled(id), signal);
    live.on("discarded", ({ client_id: id }) => this.log.unsent.discarded(id), signal);
    live.join(this.thread, rev);
    this.addEventListener("click", (event) => this.pressed(event));
    this.addEventListener("submit", (event) => this.react(event));
    this.older();
  }

  disconnectedCallback() {
    this.leaving.abort();
    this.watcher?.disconnect();
  }

  show(message) {
    if (message.kind === "closed" || message.kind === "opened") this.turn(message);
    if (this.detached && message.seq > this.log.last) return this.log.offerNewest();
    this.log.put(message);
    if (message.author?.handle === live.me) this.mark.own(message.seq);
    this.mark.look();
  }

  // Closed, or open again: the last such line says whether one writes here.
  turn({ kind, seq }) {
    const said = document.querySelector("[data-part=closed]");
    if (seq <= this.turned || !said) return;
    this.turned = seq;
    document.querySelector("message-composer").hidden = kind === "closed";
    said.hidden = kind === "opened";
  }

  // Out of the conversation, or behind: the club's list after a reconnect tells.
  compare(threads) {
    const here = threads.find(({ id }) => id === this.thread);
    if (!here) return this.close();
    if (here.rev > this.held.rev) this.held.start();
  }

  close() {
    if (this.closed) return;
    this.closed = true;
    const said = Object.assign(document.createElement("p"), { className: "notice-line", textContent: this.dataset.gone });
    said.setAttribute("role", "alert");
    this.after(said);
    document.querySelector("message-composer")?.remove();
  }

  // Older messages come when one scrolls up to the link to them; the server draws them.
  older() {
    this.watcher = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.log.older(), {
      root: this.querySelector(".log"), rootMargin: "400px 0px 0px 0px",
    });
    const link = this.querySelector("[data-part=older]");
    if (link) this.watcher.observe(link);
    this.addEventListener("older-came", ({ detail }) => detail && this.watcher.observe(detail));
  }

  pressed(event) {
    const link = event.target.closest("[data-part=older]");
    if (link) {
      event.preventDefault();
      this.log.older();
    }
    const button = event.target.closest("[data-again]");
    if (button) live.act(button.dataset.again, { client_id: button.closest("[data-client]").dataset.client });
    const quoted = event.target.closest(".message-quote a");
    if (quoted && this.log.show(quoted.hash)) event.preventDefault();
  }

  async react(event) {
    const form = event.target.closest(".reactions");
    if (!form) return;
    event.preventDefault();
    const { value, ariaPressed } = event.submitter;
    const { seq } = form.closest(".message").dataset;
    const method = ariaPressed === "true" ? "DELETE" : "PUT";
    await call(method, `/threads/${this.thread}/messages/${seq}/reactions/${encodeURIComponent(value)}`).catch(() => form.submit());
  }
});
