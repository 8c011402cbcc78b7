// Says that this page is as it was: there is no connection, and the device has kept it. <kept-note words="… {at}">
import { DAY_AND_MINUTE, locale } from "../lib/words.js";

customElements.define("kept-note", class extends HTMLElement {
  connectedCallback() {
    const worker = navigator.serviceWorker;
    if (!worker?.controller) return;
    worker.addEventListener("message", ({ data }) => data.op === "kept" && this.show(data.at));
    worker.startMessages();
    worker.controller.postMessage({ ask: "kept" });
  }

  show(at) {
    const time = new Date(at).toLocaleString(locale, DAY_AND_MINUTE);
    const line = Object.assign(document.createElement("p"), { className: "kept-line" });
    line.textContent = this.getAttribute("words").replace("{at}", time);
    this.setAttribute("role", "status");
    this.replaceChildren(line);
  }
});
