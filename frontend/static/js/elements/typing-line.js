// Who is writing at this moment: <typing-line thread me single="{name} is writing…" two many>
import { live } from "../lib/live.js";
import { peopleOf } from "../lib/people-of.js";
import { fill } from "../lib/words.js";

const lasts = 5000;

customElements.define("typing-line", class extends HTMLElement {
  connectedCallback() {
    this.thread = this.getAttribute("thread");
    this.writing = new Map();
    live.on("typing", ({ thread_id: thread, handle }) => {
      if (thread !== this.thread || handle === this.getAttribute("me")) return;
      clearTimeout(this.writing.get(handle));
      this.writing.set(handle, setTimeout(() => this.stop(handle), lasts));
      this.draw();
    });
    live.on("message", ({ message }) => message.thread_id === this.thread && this.stop(message.author?.handle));
  }

  stop(handle) {
    clearTimeout(this.writing.get(handle));
    if (this.writing.delete(handle)) this.draw();
  }

  async draw() {
    const people = await peopleOf(this.thread);
    const [name, other, ...more] = [...this.writing.keys()].map((handle) => people.find((one) => one.handle === handle)?.name ?? handle);
    const sentence = more.length ? "many" : other ? "two" : "single";
    this.textContent = name ? fill(this.getAttribute(sentence), { name, other }) : "";
  }
});
