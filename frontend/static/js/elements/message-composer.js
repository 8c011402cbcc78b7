// Where one writes: <message-composer thread me …words><form class="composer">…</form></message-composer>
// Enter sends, Shift and Enter break the line; what an input method still composes is never sent.
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
    this.context = this.querySelector("[data-part=context]");
    this.note = this.querySelector("[data-part=note]");
    this.files = new Chosen(this);
    this.mentions = new Mentions(this);
    this.draft = new Draft(this);
    this.form.addEventListener("submit", (event) => this.submitted(event));
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("input", () => this.changed());
    this.context.addEventListener("click", (event) => this.cancelled(event));
    document.addEventListener("compose", this.asked = ({ detail }) => this.begin(detail));
    if (!CSS.supports("field-sizing", "content")) this.grow();
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
    } else if (event.key === "Escape" && !this.context.hidden) this.end();
    else if (event.key === "ArrowUp" && !this.input.value) {
      event.preventDefault();
      document.dispatchEvent(new CustomEvent("edit-last"));
    }
  }

  changed() {
    this.grow();
    if (this.editing) return;
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

  // {reply: article} or {edit: article}: the message this is about.
  async begin({ reply, edit }) {
    const line = reply ?? edit;
    const { seq } = line.dataset;
    const author = line.querySelector(".message-author").textContent;
    this.form.elements.reply_to.value = reply ? seq : "";
    this.editing = edit ? seq : undefined;
    this.say(edit ? this.dataset.editing : fill(this.dataset.replying, { name: author }), line.querySelector(".message-text").textContent.trim());
    if (edit) {
      this.before ??= this.input.value;
      const { body } = await call("GET", `/threads/${this.thread}/messages/${seq}`).catch(() => ({ body: "" }));
      this.input.value = body;
    }
    this.form.querySelector(".composer-word").textContent = edit ? this.dataset.save : this.dataset.send;
    this.grow();
    this.input.focus();
  }

  say(title, about) {
    const words = document.createElement("span");
    const bold = Object.assign(document.createElement("b"), { textContent: title });
    words.append(bold, " ", Object.assign(document.createElement("span"), { textContent: about.slice(0, 120), dir: "auto" }));
    const button = Object.assign(document.createElement("button"), { type: "button", className: "round", textContent: "✕" });
    button.setAttribute("aria-label", this.dataset.cancel);
    this.context.replaceChildren(words, button);
    this.context.hidden = false;
  }

  cancelled(event) {
    if (!event.target.closest("a, button")) return;
    event.preventDefault();
    this.end();
  }

  end() {
    this.context.hidden = true;
    this.form.elements.reply_to.value = "";
    if (this.editing) this.input.value = this.before ?? "";
    this.editing = this.before = undefined;
    this.form.querySelector(".composer-word").textContent = this.dataset.send;
    this.grow();
    this.input.focus();
  }

  submitted(event) {
    event.preventDefault();
    const body = this.input.value.trim();
    if (this.editing) return void (body && this.save(body));
    if (!body && !this.files.list.length) return;
    const item = {
      client_id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`,
      thread_id: this.thread, body, files: this.files.take(),
      reply_to: Number(this.form.elements.reply_to.value) || null,
    };
    live.act("post", { item });
    this.input.value = "";
    this.end();
    this.draft.sent();
    this.typedAt = 0;
  }

  async save(body) {
    try {
      await call("PATCH", `/threads/${this.thread}/messages/${this.editing}`, { body });
      this.end();
    } catch (refused) {
      this.note.textContent = refused.status ? refused.message : this.dataset.failed;
    }
  }
});
