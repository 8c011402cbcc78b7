// What one writes is about another message at times: an answer to it, or one's own that is changed.
import { call } from "./calls.js";
import { fill } from "./words.js";

export class About {
  constructor(composer) {
    Object.assign(this, { composer, form: composer.form, input: composer.input, words: composer.dataset });
    this.shown = composer.querySelector("[data-part=context]");
    this.shown.addEventListener("click", (event) => {
      if (!event.target.closest("a, button")) return;
      event.preventDefault();
      this.end();
    });
  }

  // {reply: article} or {edit: article}
  async begin({ reply, edit }) {
    const line = reply ?? edit;
    const { seq } = line.dataset;
    if (this.editing) this.input.value = this.before ?? "";
    this.form.elements.reply_to.value = reply ? seq : "";
    this.editing = edit ? seq : undefined;
    const name = line.querySelector(".message-author").textContent;
    this.say(edit ? this.words.editing : fill(this.words.replying, { name }), line.querySelector(".message-text").textContent.trim());
    if (edit) await this.load(seq);
    this.label(edit ? this.words.save : this.words.send);
    this.composer.grow();
    this.input.focus();
  }

  async load(seq) {
    this.before = this.input.value;
    const { body } = await call("GET", `/threads/${this.composer.thread}/messages/${seq}`).catch(() => ({ body: "" }));
    this.input.value = body;
  }

  say(title, text) {
    const words = document.createElement("span");
    const bold = Object.assign(document.createElement("b"), { textContent: title });
    words.append(bold, " ", Object.assign(document.createElement("span"), { textContent: text.slice(0, 120), dir: "auto" }));
    const button = Object.assign(document.createElement("button"), { type: "button", className: "round", textContent: "✕" });
    button.setAttribute("aria-label", this.words.cancel);
    this.shown.replaceChildren(words, button);
    this.shown.hidden = false;
  }

  label(word) {
    this.form.querySelector(".composer-word").textContent = word;
  }

  end() {
    this.shown.hidden = true;
    this.form.elements.reply_to.value = "";
    if (this.editing) this.input.value = this.before ?? "";
    this.editing = this.before = undefined;
    this.label(this.words.send);
    this.composer.grow();
    this.input.focus();
  }
}
