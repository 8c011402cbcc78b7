// Closes the <details> in it on Escape, on a click elsewhere, and when the focus leaves.
customElements.define("navigation-menu", class extends HTMLElement {
  connectedCallback() {
    this.details = this.querySelector("details");
    this.elsewhere = (event) => this.contains(event.target) || (this.details.open = false);
    document.addEventListener("pointerdown", this.elsewhere);
    this.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !this.contains(relatedTarget)) this.details.open = false;
    });
    this.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !this.details.open) return;
      this.details.open = false;
      this.details.querySelector("summary").focus();
    });
  }

  disconnectedCallback() {
    document.removeEventListener("pointerdown", this.elsewhere);
  }
});
