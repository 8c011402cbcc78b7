// Takes the reader to what went wrong, once, when the page has come back with errors.
customElements.define("error-summary", class extends HTMLElement {
  connectedCallback() {
    this.querySelector("[role=alert]")?.focus();
    this.addEventListener("click", (event) => this.follow(event));
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
