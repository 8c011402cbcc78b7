// Shows and hides the password, and says how long it is where a length is asked for.
import { fill, number } from "../lib/words.js";

customElements.define("password-field", class extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.button = document.createElement("button");
    Object.assign(this.button, { type: "button", className: "button quiet" });
    this.button.setAttribute("aria-controls", this.input.id);
    this.button.addEventListener("click", () => this.show(this.input.type === "password"));
    this.status = document.createElement("p");
    this.status.className = "hint";
    this.status.setAttribute("role", "status");
    this.append(this.button, this.status);
    this.show(false, true);
    // A visible password must not be kept by the browser as the answer to a text field.
    this.input.form?.addEventListener("submit", () => { this.input.type = "password"; });
    if (Number(this.getAttribute("minimum"))) this.input.addEventListener("input", () => this.measure());
  }

  show(visible, silent = false) {
    this.input.type = visible ? "text" : "password";
    this.button.textContent = this.getAttribute(visible ? "hide" : "show");
    if (!silent) this.status.textContent = this.getAttribute(visible ? "shown" : "hidden-again");
    this.status.classList.remove("enough");
  }

  measure() {
    const minimum = Number(this.getAttribute("minimum"));
    const n = [...this.input.value].length;
    const enough = n >= minimum;
    this.status.textContent = n === 0 ? "" : fill(this.getAttribute(enough ? "enough" : "short"), { n: number(n), minimum: number(minimum) });
    this.status.classList.toggle("enough", enough);
  }
});
