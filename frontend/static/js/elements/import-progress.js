// Follows a job: <import-progress source="/api/v1/roster-imports/…" words over lost><progress>…<p role="status"></import-progress>
// The page is loaded again when the job has ended, so that the server alone draws results.
import { fill, number } from "../lib/words.js";

const pause = 1000;
const longestPause = 15000;

customElements.define("import-progress", class extends HTMLElement {
  connectedCallback() {
    this.bar = this.querySelector("progress");
    this.text = this.querySelector(".progress-text");
    this.status = this.querySelector("[role=status]");
    this.wait = pause;
    this.next();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  next() {
    this.timer = setTimeout(() => this.poll(), this.wait);
  }

  async poll() {
    try {
      const answer = await fetch(this.getAttribute("source"), { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      this.draw(await answer.json());
      this.wait = pause;
    } catch {
      this.say(this.getAttribute("lost"), true);
      this.wait = Math.min(this.wait * 2, longestPause);
    }
    if (!this.ended) this.next();
  }

  // What the bar already shows is only for the ear.
  say(sentence, shown) {
    this.status.textContent = sentence;
    this.status.classList.toggle("unseen", !shown);
  }

  draw({ state, rows, done }) {
    this.bar.max = rows || 1;
    this.bar.value = done;
    this.text.textContent = fill(this.getAttribute("words"), { done: number(done), total: number(rows) });
    this.announce(rows ? Math.floor((4 * done) / rows) : 0);
    if (state !== "done" && state !== "failed") return;
    this.ended = true;
    this.say(this.getAttribute("over"), true);
    location.reload();
  }

  // Said aloud at each quarter only: a voice at every second would drown the page.
  announce(quarter) {
    if (quarter === this.quarter && this.wait === pause) return;
    this.quarter = quarter;
    this.say(quarter > 0 ? this.text.textContent : "", false);
  }
});
