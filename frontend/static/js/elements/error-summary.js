// Takes the reader to what went wrong, once, when the page has come back with errors.
import { language } from "../lib/words.js";

customElements.define("error-summary", class extends HTMLElement {
  connectedCallback() {
    this.querySelectorAll("a[href^='#']").forEach((link) => this.name(link));
    this.querySelector("[role=alert]")?.focus();
    this.addEventListener("click", (event) => this.follow(event));
  }

  // "It must be 1 or more." says little far from its field.
  name(link) {
    const label = document.getElementById(link.hash.slice(1))?.closest(".field")?.querySelector("legend, label");
    const name = label?.firstChild?.textContent.trim();
    if (name && !link.textContent.includes(name)) link.prepend(name + (language === "ja" ? "：" : ": "));
  }

  follow(event) {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const control = field.matches("fieldset") ? field.querySelector("input, select, textarea") ?? field : field;
    control.focus({ preventScroll: true });
    (control.closest(".field") ?? control).scrollIntoView({ block: "center" });
  }
});
