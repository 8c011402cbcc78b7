// A row of emoji and a field for any other; says which one by the event `react`.
customElements.define("reaction-picker", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.addEventListener("click", (event) => {
      const button = event.target.closest(".emoji");
      if (button) this.say(button.value);
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const field = this.form.querySelector("input");
      const emoji = field.value.trim();
      if (emoji) this.say(emoji);
      field.value = "";
    });
  }

  say(emoji) {
    this.dispatchEvent(new CustomEvent("react", { detail: emoji, bubbles: true }));
  }
});
