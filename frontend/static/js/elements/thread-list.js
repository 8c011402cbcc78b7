// The inbox, live: newest first, with what was written last and how much of it is new, as the club counts it.
import { initials, tint } from "../lib/faces.js";
import { live } from "../lib/live.js";
import { Times } from "../lib/times.js";

customElements.define("thread-list", class extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ul");
    this.most = Number(this.getAttribute("most")) || 0;
    this.times = new Times(this.getAttribute("zone"), document.documentElement.lang);
    live.on("message", ({ message }) => this.wrote(message));
    live.on("counts", ({ threads, last }) => this.count(threads, last));
    live.on("thread", ({ thread }) => (thread.left ? this.row(thread.id)?.remove() : this.shows(thread)));
  }

  row(id) {
    return this.list.querySelector(`[data-thread="${CSS.escape(id)}"]`);
  }

  wrote(message) {
    const row = this.row(message.thread_id);
    if (row && message.seq >= (Number(row.dataset.last) || 0)) this.write(row, message);
  }

  write(row, message) {
    const newer = message.seq > (Number(row.dataset.last) || 0);
    row.dataset.last = message.seq;
    const part = (name) => row.querySelector(`[data-part=${name}]`);
    part("last").textContent = this.said(message);
    part("time").dateTime = message.created_at;
    part("time").textContent = this.times.clock(message.created_at);
    if (newer && this.getAttribute("filter") !== "archived") this.raise(row);
  }

  // `most`: where only a few are shown, beside other things.
  raise(row) {
    this.list.prepend(row);
    if (this.most) [...this.list.children].slice(this.most).forEach((last) => last.remove());
  }

  said({ author, body, html, deleted, withheld, kind, attachments }) {
    if (deleted || withheld) return this.getAttribute("deleted");
    const plain = body && new DOMParser().parseFromString(html, "text/html").body.textContent.trim();
    const text = plain || attachments.map(({ name }) => name).join(", ");
    if (kind !== "text" || !author) return text;
    return `${author.handle === this.getAttribute("me") ? this.getAttribute("you") : author.name.split(" ")[0]}: ${text.slice(0, 120)}`;
  }

  // A conversation that has just begun, or was not on this page of the list.
  shows(thread) {
    if (this.getAttribute("filter") !== "all" || thread.archived || (this.most && thread.muted_until)) return;
    let row = this.row(thread.id);
    if (!row) {
      row = this.querySelector("template").content.firstElementChild.cloneNode(true);
      row.dataset.thread = thread.id;
      row.querySelector("a").setAttribute("href", `/messages/${thread.id}`);
      const face = row.querySelector("[data-part=face]");
      face.className = `avatar av-${tint(thread.id)}${thread.kind === "direct" ? "" : " square"}`;
      face.textContent = initials(thread.title);
      row.querySelector("[data-part=title]").textContent = thread.title;
      if (!thread.last_message) return;
      this.raise(row);
    }
    if (thread.last_message) this.write(row, thread.last_message);
    this.number(row, thread.unread);
  }

  count(threads, last) {
    for (const row of [...this.list.children]) {
      const id = row.dataset.thread;
      this.number(row, threads[id] ?? 0);
      if (last[id] > (Number(row.dataset.last) || 0)) live.act("latest", { thread: id });
    }
  }

  number(row, unread) {
    row.classList.toggle("unread", unread > 0);
    row.querySelector("[data-part=unread]").hidden = !unread;
    row.querySelector("[data-part=count]").textContent = unread < 1000 ? unread : "999+";
    row.querySelector("a").hash = unread ? "#new" : "";
  }
});
