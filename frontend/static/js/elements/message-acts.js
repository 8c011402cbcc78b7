// The sheet of what can be done with a message: <message-acts thread me><dialog class="acts">…</dialog></message-acts>
// Opened by a message's own link, which without scripts leads to the message's page.
import { call } from "../lib/calls.js";
import { live } from "../lib/live.js";

customElements.define("message-acts", class extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.note = this.querySelector(".acts-note");
    this.base = `/threads/${this.getAttribute("thread")}`;
    document.addEventListener("click", this.opens = (event) => {
      const link = event.target.closest("message-thread .message-more");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.open(link.closest(".message"));
    });
    document.addEventListener("message-acts", this.asked = ({ detail }) => this.open(detail));
    this.dialog.addEventListener("click", (event) => this.pressed(event));
    this.addEventListener("react", ({ detail }) => this.react(detail));
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.opens);
    document.removeEventListener("message-acts", this.asked);
  }

  open(line) {
    this.line = line;
    this.note.textContent = "";
    this.sure = false;
    this.dialog.classList.toggle("own", line.classList.contains("mine") && !line.classList.contains("gone"));
    const page = line.querySelector(".message-more").getAttribute("href");
    this.querySelector("[data-act=more]").setAttribute("href", page);
    this.querySelector("[data-act=report]").setAttribute("href", `${page}/report`);
    this.dialog.classList.toggle("others", !line.matches(".mine, .gone"));
    this.dialog.showModal();
  }

  pressed(event) {
    if (event.target === this.dialog) this.dialog.close(); // beside the sheet
    const act = event.target.closest("button[data-act]")?.dataset.act;
    if (act) this[`do_${act}`]();
  }

  get message() {
    return `${this.base}/messages/${this.line.dataset.seq}`;
  }

  async tried(asked) {
    try {
      await asked;
      this.dialog.close();
    } catch (refused) {
      this.note.textContent = refused.status ? refused.message : this.dataset.failed;
    }
  }

  react(emoji) {
    const own = [...this.line.querySelectorAll(".reaction")].find(({ value, ariaPressed }) => value === emoji && ariaPressed === "true");
    this.tried(call(own ? "DELETE" : "PUT", `${this.message}/reactions/${encodeURIComponent(emoji)}`));
  }

  compose(detail) {
    this.dialog.close();
    document.dispatchEvent(new CustomEvent("compose", { detail }));
  }

  do_reply() {
    this.compose({ reply: this.line });
  }

  do_edit() {
    this.compose({ edit: this.line });
  }

  do_pin() {
    this.tried(call("PUT", `${this.base}/pins/${this.line.dataset.seq}`).then(() => location.reload()));
  }

  do_unread() {
    this.dialog.close();
    live.act("read", { thread_id: this.getAttribute("thread"), seq: this.line.dataset.seq - 1 });
  }

  do_delete() {
    if (this.sure) return void this.tried(call("DELETE", this.message));
    this.sure = true;
    this.note.textContent = this.dataset.sure;
  }

  async do_copy() {
    const link = new URL(this.line.querySelector(".message-time").getAttribute("href"), location.href).href;
    try {
      await navigator.clipboard.writeText(link);
      this.note.textContent = this.dataset.copied;
    } catch {
      this.note.textContent = link;
    }
  }
});
