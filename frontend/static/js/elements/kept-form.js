// <kept-form address="/stories/x/typed" kept="Kept at {time}" lost="…"><form>… <span class="kept"></span></form></kept-form>
// Keeps what is typed with the club, for the person alone, until the form is sent: another device goes on from there.
import { call } from "../lib/calls.js";
import { locale } from "../lib/words.js";

const pause = 1500;

customElements.define("kept-form", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = this.querySelector(".kept");
    this.last = this.content();
    this.form.addEventListener("input", () => this.later());
    this.form.addEventListener("submit", () => this.stop());
    this.away = () => document.visibilityState === "hidden" && this.keep({ keepalive: true });
    document.addEventListener("visibilitychange", this.away);
  }

  disconnectedCallback() {
    this.stop();
  }

  stop() {
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.away);
    this.sent = true;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), pause);
  }

  content() {
    const typed = {};
    for (const field of this.form.elements) {
      if (!field.name || field.type === "hidden" || field.type === "file") continue;
      typed[field.name] = field.type === "checkbox" && !field.checked ? "" : field.value;
    }
    return JSON.stringify(typed);
  }

  async keep(options = {}) {
    const content = this.content();
    if (this.sent || content === this.last) return;
    this.last = content;
    const rev = Number(this.form.elements.rev.value);
    try {
      await call("PUT", this.getAttribute("address"), { typed: JSON.parse(content), rev }, options);
      const time = new Date().toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
      this.status.textContent = this.getAttribute("kept").replace("{time}", time);
    } catch (refused) {
      this.last = "";
      this.status.textContent = refused.passing ? this.getAttribute("lost") : refused.message;
      if (refused.passing) this.later();
    }
  }
});
