// Up to where one has read: told to the club when the end of the thread is really before the reader's eyes.
import { live } from "./live.js";

export class ReadMark {
  constructor(owner, log) {
    Object.assign(this, { owner, log, thread: owner.thread, seq: Number(owner.getAttribute("read")) });
    const { frame } = log;
    frame.addEventListener("scroll", () => this.look(), { passive: true });
    document.addEventListener("visibilitychange", () => this.look());
    addEventListener("focus", () => this.look());
    addEventListener("blur", () => this.line());
    this.button();
    this.look();
  }

  button() {
    this.toEnd = Object.assign(document.createElement("button"), { type: "button", className: "button to-end", hidden: true, textContent: this.owner.dataset.fresh });
    this.toEnd.addEventListener("click", () => this.log.toEnd());
    this.owner.append(this.toEnd);
  }

  get present() {
    return document.visibilityState === "visible" && document.hasFocus();
  }

  look() {
    clearTimeout(this.timer);
    const { last } = this.log;
    const unread = last > this.seq;
    this.toEnd.hidden = this.owner.detached || this.log.atEnd || !unread;
    if (unread && !this.present) this.line();
    if (!unread || !this.present || !this.log.atEnd || this.owner.detached || this.held >= last) return;
    this.timer = setTimeout(() => {
      this.seq = this.log.last;
      live.act("read", { thread_id: this.thread, seq: this.seq });
    }, 400);
  }

  // Where one stopped reading, for when one comes back.
  line() {
    if (this.owner.querySelector(".new-line")) return;
    const fresh = [...this.owner.querySelectorAll(".message[data-seq]:not(.mine)")].find((line) => Number(line.dataset.seq) > this.seq);
    if (!fresh) return;
    const line = this.log.view.copy("new-line");
    fresh.classList.remove("follows");
    this.log.steady(() => fresh.before(line));
  }

  own(seq) {
    this.seq = Math.max(this.seq, seq);
    this.owner.querySelector(".new-line")?.remove();
  }

  // Read, or made unread, in another tab or on another device. What was made unread stays so while one looks.
  heard(seq) {
    if (seq < this.seq) this.held = this.log.last;
    this.seq = seq;
    this.look();
  }

  // Somebody else has read so far, and lets it be seen.
  seenBy(seq) {
    const own = [...this.owner.querySelectorAll(".message.mine[data-seq]")].findLast((line) => Number(line.dataset.seq) <= seq);
    if (!own) return;
    this.note ??= Object.assign(document.createElement("p"), { className: "seen-note", textContent: this.owner.dataset.seen });
    this.log.steady(() => own.after(this.note));
  }
}
