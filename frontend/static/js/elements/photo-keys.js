// The arrow keys turn to the photo before and to the next one, as the links beside it do.
customElements.define("photo-keys", class extends HTMLElement {
  connectedCallback() {
    this.turn = (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.target.closest?.("input, textarea, select, dialog")) return;
      const where = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
      if (where) this.querySelector(`a[rel="${where}"]`)?.click();
    };
    document.addEventListener("keydown", this.turn);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.turn);
  }
});
