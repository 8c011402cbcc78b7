// <copy-button text="…" done="Copied" failed="…"><button hidden>Copy</button><span role="status"></span></copy-button>
// Copies its text, or what its <output> shows. In-app browsers may refuse: then the text is selected and the person told.
customElements.define("copy-button", class extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.copy());
  }

  async copy() {
    const shown = this.querySelector("output");
    const status = this.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(shown ? shown.textContent : this.getAttribute("text"));
      status.textContent = this.getAttribute("done");
    } catch {
      if (shown) getSelection().selectAllChildren(shown);
      status.textContent = shown ? this.getAttribute("failed") : this.getAttribute("text");
    }
  }
});
