// Closes the <details> in it on Escape, on a click elsewhere, and when the focus leaves; keeps its sheet on the screen.
customElements.define("navigation-menu", class extends HTMLElement {
  connectedCallback() {
    this.details = this.querySelector("details");
    this.elsewhere = (event) => this.contains(event.target) || (this.details.open = false);
    document.addEventListener("pointerdown", this.elsewhere);
    this.details.addEventListener("toggle", () => this.keepInside());
    this.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !this.contains(relatedTarget)) this.details.open = false;
    });
    this.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !this.details.open) return;
      this.details.open = false;
      this.details.querySelector("summary").focus();
    });
  }

  keepInside() {
    const before = this.beyond();
    if (!before) return;
    this.details.classList.toggle("from-end");
    if (this.beyond() > before) this.details.classList.toggle("from-end");
  }

  beyond() {
    const { left, right } = this.details.lastElementChild.getBoundingClientRect();
    return Math.max(0, -left, right - document.documentElement.clientWidth);
  }

  disconnectedCallback() {
    document.removeEventListener("pointerdown", this.elsewhere);
  }
});
