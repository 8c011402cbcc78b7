// <auto-submit regions="results chosen" busy="Loading"><form method="get">…</form></auto-submit>
// When a filter changes, asks for the page with it and puts the named regions in place, keeping focus, scroll and history.
// Whatever goes wrong, the form is sent as if there were no script.
import { wake } from "../app.js";

customElements.define("auto-submit", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = this.appendChild(Object.assign(document.createElement("p"), { className: "unseen" }));
    this.status.setAttribute("role", "status");
    this.form.addEventListener("change", () => this.refresh());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.refresh();
    });
    this.back = () => location.reload();
    addEventListener("popstate", this.back);
  }

  disconnectedCallback() {
    removeEventListener("popstate", this.back);
  }

  get regions() {
    return this.getAttribute("regions").split(" ");
  }

  address() {
    const asked = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (value !== "") asked.append(name, value);
    const address = new URL(this.form.action, location.href);
    address.search = asked;
    return address.href;
  }

  async refresh() {
    const address = this.address();
    if (address === this.asked) return;
    this.asked = address;
    this.running?.abort();
    this.running = new AbortController();
    this.busy(true);
    try {
      const answer = await fetch(address, { signal: this.running.signal, headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.statusText);
      this.place(new DOMParser().parseFromString(await answer.text(), "text/html"));
      history.pushState(null, "", address);
    } catch (error) {
      if (error.name === "AbortError") return;
      location.assign(address);
    }
    this.busy(false);
  }

  place(page) {
    for (const id of this.regions) {
      const fresh = page.getElementById(id);
      const old = document.getElementById(id);
      if (!fresh || !old) throw new Error(`no region ${id}`);
      old.replaceWith(fresh);
    }
    wake();
    this.tally(page);
    this.status.textContent = document.getElementById(this.regions[0]).querySelector("[data-total]")?.textContent ?? "";
  }

  // Only the counts beside the filters are renewed; the boxes themselves stay, and with them the focus.
  tally(page) {
    for (const input of this.form.querySelectorAll(".facet input")) {
      const same = [...page.getElementsByName(input.name)].find((other) => other.value === input.value);
      const count = same?.parentElement.querySelector(".tally");
      const mine = input.parentElement.querySelector(".tally");
      if (mine) mine.textContent = count ? count.textContent : "0";
    }
  }

  busy(on) {
    if (on) this.status.textContent = this.getAttribute("busy");
    for (const id of this.regions) document.getElementById(id)?.setAttribute("aria-busy", String(on));
  }
});
