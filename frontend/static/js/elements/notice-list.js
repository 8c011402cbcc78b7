// The list of notices, as the club has it: asked for again when something was told or read elsewhere.
import { live } from "../lib/live.js";

customElements.define("notice-list", class extends HTMLElement {
  connectedCallback() {
    live.on("notices", ({ unread }) => {
      if (unread !== this.known) this.refresh(unread);
    });
    live.on("notification", () => this.refresh());
    this.known = Number(this.getAttribute("unread"));
  }

  async refresh(unread = this.known) {
    this.known = unread;
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => undefined);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("notice-list");
    if (!fresh) return;
    const held = this.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    this.replaceChildren(...fresh.childNodes);
    if (held) this.querySelector(`a[href="${CSS.escape(held)}"]`)?.focus();
  }
});
