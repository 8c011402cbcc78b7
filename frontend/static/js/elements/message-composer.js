// Where one writes: <message-composer thread me …words><form class="composer">…</form></message-composer>
// Enter sends, Shift and Enter break the line; what an input method still composes is never sent.
import { About } from "../lib/about.js";
import { call } from "../lib/calls.js";
import { Draft } from "../lib/draft.js";
import { live } from "../lib/live.js";
import { Chosen } from "../lib/chosen-files.js";
import { Mentions } from "../lib/mentions.js";
import { fill } from "../lib/words.js";

const typingEvery = 3000;

customElements.define("message-composer", class extends HTMLElement {
  connectedCallback() {
    this.thread = this.getAttribute("thread");
    this.form = this.querySelector("form");
    this.input = this.form.elements.body;
    this.note = this.querySelector("[data-part=note]");
    this.files = new Chosen(this);
    this.mentions = new Mentions(this);
    this.draft = new Draft(this);
    this.form.addEventListener("submit", (event) => this.submitted(event));
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("input", () => this.changed());
    this.about = new About(this);
    document.addEventListener("compose", this.asked = ({ detail }) => this.hidden || this.about.begin(detail));
    if (!CSS.supports("field-sizing", "content")) this.grow();
    this.begin();
  }

  // Where there is a keyboard one writes at once; who came for a message of long ago reads first.
  begin() {
    const free = document.activeElement === document.body && !location.hash.startsWith("#m-");
    if (free && matchMedia("(hover: hover) and (pointer: fine)").matches) this.input.focus({ preventScroll: true });
  }

  disconnectedCallback() {
    document.removeEventListener("compose", this.asked);
    this.draft.leave();
  }

  // keyCode 229: Safari ends the composition before the Enter that confirmed it.
  key(event) {
    if (event.isComposing || event.keyCode === 229 || this.mentions.key(event)) return;
    const touch = matchMedia("(pointer: coarse) and (hover: none)").matches;
    if (event.key === "Enter" && !event.shiftKey && (!touch || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.form.requestSubmit();
    } else if (event.key === "Escape" && !this.about.shown.hidden) this.about.end();
    else if (event.key === "Escape") document.dispatchEvent(new CustomEvent("leave-writing"));
    else if (event.key === "ArrowUp" && !this.input.value) {
      event.preventDefault();
      document.dispatchEvent(new CustomEvent("edit-last"));
    }
  }

  changed() {
    this.grow();
    if (this.about.editing) return;
    this.draft.changed();
    if (!this.input.value || Date.now() - (this.typedAt ?? 0) < typingEvery) return;
    this.typedAt = Date.now();
    live.act("typing", { thread_id: this.thread });
  }

  grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.input.style.blockSize = "auto";
    this.input.style.blockSize = `${this.input.scrollHeight + 2}px`;
  }

  submitted(event) {
    event.preventDefault();
    const body = this.input.value.trim();
    if (this.about.editing) return void (body && this.save(body));
    if (!body && !this.files.list.length) return;
    const item = {
      client_id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`,
      thread_id: this.thread, body, files: this.files.take(),
      reply_to: Number(this.form.elements.reply_to.value) || null,
    };
    live.act("post", { item });
    this.input.value = "";
    this.about.end();
    this.draft.sent();
    this.typedAt = 0;
  }

  async save(body) {
    try {
      await call("PATCH", `/threads/${this.thread}/messages/${this.about.editing}`, { body });
      this.about.end();
    } catch (refused) {
      this.note.textContent = refused.status ? refused.message : this.dataset.failed;
    }
  }
});
