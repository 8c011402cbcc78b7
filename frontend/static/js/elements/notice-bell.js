// The bell of every page: what it says, it says in every tab and on every device. <notice-bell words="New notices: {n}">…</notice-bell>
import { live } from "../lib/live.js";

customElements.define("notice-bell", class extends HTMLElement {
  connectedCallback() {
    this.dot = this.querySelector(".dot");
    live.on("notices", ({ unread }) => this.show(unread));
    live.on("notification", ({ notification }) => this.say(notification.text));
    live.join();
  }

  show(unread) {
    this.dot.hidden = !unread;
    this.dot.textContent = unread > 99 ? "99+" : unread;
    this.querySelector("[data-part=words]").textContent = this.getAttribute("words").replace("{n}", unread);
  }

  // Heard, not seen: whoever sees has the bell.
  say(text) {
    this.querySelector("[role=status]").textContent = text;
  }
});
