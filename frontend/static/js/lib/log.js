// The lines of a thread in their order: puts each where it belongs, and keeps the reader where she is.
import { MessageView } from "./message-view.js";
import { Unsent } from "./unsent.js";

export class Log {
  constructor(owner) {
    this.owner = owner;
    this.view = new MessageView(owner);
    this.frame = owner.querySelector(".log");
    this.lines = owner.querySelector(".log-lines");
    this.unsent = new Unsent(this);
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
    this.unsent.line(message.client_id)?.remove();
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
