// The lines of a thread in their order: puts each where it belongs, and keeps the reader where she is.
import { MessageView } from "./message-view.js";

export class Log {
  constructor(owner) {
    this.owner = owner;
    this.view = new MessageView(owner);
    this.frame = owner.querySelector(".log");
    this.lines = owner.querySelector(".log-lines");
  }

  get last() {
    return Number([...this.lines.querySelectorAll("[data-seq]")].at(-1)?.dataset.seq) || 0;
  }

  // The frame is reversed: 0 is its end, above it is negative.
  get atEnd() {
    return this.frame.scrollTop > -80;
  }

  line(seq) {
    return this.lines.querySelector(`#m-${seq}`);
  }

  put(message) {
    const old = this.line(message.seq);
    if (old && Number(old.dataset.rev) >= message.rev) return;
    if (!old && message.seq < this.first) return;
    const line = this.view.draw(message);
    if (old) return this.renew(old, line);
    this.waiting(message.client_id)?.remove();
    this.steady(() => this.insert(line, message));
  }

  get first() {
    return this.owner.querySelector("[data-part=older]") ? Number(this.lines.querySelector("[data-seq]")?.dataset.seq) || 0 : 0;
  }

  renew(old, line) {
    const held = old.contains(document.activeElement) && document.activeElement.getAttribute("value");
    const focused = old === document.activeElement;
    line.classList.toggle("follows", old.classList.contains("follows"));
    this.steady(() => old.replaceWith(line));
    if (focused) this.focus(line);
    else if (held) [...line.querySelectorAll("button")].find((button) => button.value === held)?.focus();
  }

  insert(line, message) {
    const after = [...this.lines.querySelectorAll("[data-seq]")].find((one) => Number(one.dataset.seq) > message.seq);
    const place = after ?? this.lines.querySelector(".unsent, .seen-note, .unscripted, .pager:last-child");
    this.lines.insertBefore(line, place ?? null);
    if (!after) line.classList.add("arrived");
    let before = line.previousElementSibling;
    if (this.dateBefore(line) !== this.view.times.date(message.created_at)) {
      before = this.view.day(message.created_at);
      line.before(before);
    }
    line.classList.toggle("follows", this.view.goesOn(before, line));
  }

  dateBefore(line) {
    for (let one = line.previousElementSibling; one; one = one.previousElementSibling) {
      if (one.dataset.day) return one.dataset.day;
      if (one.dataset.at) return this.view.times.date(one.dataset.at);
    }
    return undefined;
  }

  // At the end one stays at the end; elsewhere what one reads does not move when something comes below.
  steady(change) {
    const stays = !this.atEnd;
    const top = this.frame.getBoundingClientRect().top;
    const anchor = stays ? [...this.lines.children].find((one) => one.getBoundingClientRect().bottom > top) : undefined;
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (anchor?.isConnected) this.frame.scrollTop += anchor.getBoundingClientRect().top - before;
  }

  toEnd() {
    this.frame.scrollTop = 0;
  }

  focus(line) {
    line.tabIndex = -1;
    line.focus({ preventScroll: true });
    line.scrollIntoView({ block: "nearest" });
  }

  show(hash) {
    const line = /^#m-\d+$/.test(hash) && this.lines.querySelector(hash);
    if (!line) return false;
    location.hash = hash;
    this.focus(line);
    return true;
  }

  waiting(clientId) {
    return clientId ? this.lines.querySelector(`[data-client="${CSS.escape(clientId)}"]`) : null;
  }

  // What is written here and not yet stored stands below all else.
  wait(item) {
    const message = {
      thread_id: item.thread_id, seq: 0, rev: 0, kind: "text", author: this.view.self, html: "",
      reply_to: item.reply_to, reactions: {}, created_at: new Date(item.at).toISOString(),
      attachments: (item.files ?? []).map(({ name, blob }) => ({ kind: blob.type.startsWith("image/") ? "image" : "file", url: "", name, bytes: blob.size, local: URL.createObjectURL(blob) })),
    };
    const line = this.view.message(message);
    line.removeAttribute("id");
    line.removeAttribute("data-seq");
    line.dataset.client = item.client_id;
    line.classList.add("unsent");
    line.classList.toggle("failed", Boolean(item.refusal));
    line.querySelector("[data-part=text]").replaceChildren(...item.body.split(/\n{2,}/).map((text) => Object.assign(document.createElement("p"), { innerText: text })));
    line.querySelector("[data-part=more]").remove();
    line.querySelector("[data-part=state]").textContent = item.refusal ? `${this.owner.dataset.failed}: ${item.refusal}` : this.owner.dataset.sending;
    if (item.refusal) line.querySelector(".message-body").append(this.again());
    const old = this.waiting(item.client_id);
    if (old) old.replaceWith(line);
    else this.lines.append(line);
    line.classList.toggle("follows", this.view.goesOn(line.previousElementSibling, line) && !item.refusal);
    if (!old) this.toEnd();
  }

  again() {
    const acts = Object.assign(document.createElement("p"), { className: "message-again" });
    for (const act of ["retry", "discard"]) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: this.owner.dataset[act] });
      button.dataset.again = act;
      acts.append(button);
    }
    return acts;
  }

  // Stored: should its message not have come yet, it does so at once.
  settled(clientId) {
    this.waiting(clientId)?.classList.remove("unsent");
  }

  offerNewest() {
    this.owner.querySelector("[data-part=newest]")?.classList.add("waiting");
  }

  async older() {
    const link = this.owner.querySelector("[data-part=older]");
    if (!link || this.loading) return;
    this.loading = true;
    try {
      const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      this.before([...page.querySelector(".log-lines").children], link.closest(".pager"));
    } finally {
      this.loading = false;
    }
  }

  before(lines, pager) {
    const known = this.lines.querySelector(".day");
    const kept = lines.filter((line) => !(line.dataset.seq && this.line(line.dataset.seq)) && !line.matches(".unscripted, .new-line, .pager:last-child:not(:first-child)"));
    if (kept.findLast((line) => line.dataset.day)?.dataset.day === known?.dataset.day) known?.remove();
    pager.replaceWith(...kept);
    this.owner.dispatchEvent(new CustomEvent("older-came", { detail: this.owner.querySelector("[data-part=older]") }));
  }
}
