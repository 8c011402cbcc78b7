// How much is unread, in the menu of every page: <unread-count me="handle" total="3"><span class="dot">…</span></unread-count>
// The club counts; the title of the window says it too.
import { live } from "../lib/live.js";

customElements.define("unread-count", class extends HTMLElement {
  connectedCallback() {
    this.dot = this.querySelector(".dot");
    this.number = this.querySelector("[data-part=count]");
    this.title = document.title;
    live.on("counts", ({ total }) => this.show(total));
    live.join();
  }

  show(total) {
    this.dot.hidden = !total;
    this.number.textContent = total > 99 ? "99+" : total;
    document.title = total ? `(${total}) ${this.title}` : this.title;
  }
});
