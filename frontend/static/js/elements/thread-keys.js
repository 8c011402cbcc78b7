// A conversation by keys alone: j and k from message to message, e, r, m, n, / and ?, Escape back to writing.
customElements.define("thread-keys", class extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    document.addEventListener("keydown", this.heard = (event) => this.key(event));
    document.addEventListener("edit-last", this.last = () => this.editLast());
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.heard);
    document.removeEventListener("edit-last", this.last);
  }

  get lines() {
    return [...document.querySelectorAll("message-thread .message[data-seq]")];
  }

  get here() {
    return document.activeElement?.closest("message-thread .message[data-seq]");
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    const writing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "Escape" && !writing) return document.querySelector(".composer textarea")?.focus();
    if (writing) return;
    const act = { j: () => this.step(1), k: () => this.step(-1), e: () => this.editLast(), r: () => this.compose(), m: () => this.acts(),
      n: () => location.assign("/messages/new"), "/": () => location.assign("/messages/search"), "?": () => this.dialog.showModal() }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  step(by) {
    const { lines, here } = this;
    const next = here ? lines[lines.indexOf(here) + by] : lines.at(-1);
    if (!next) return;
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  compose() {
    const reply = this.here ?? this.lines.at(-1);
    if (reply) document.dispatchEvent(new CustomEvent("compose", { detail: { reply } }));
  }

  editLast() {
    const edit = this.lines.findLast((line) => line.matches(".mine:not(.gone)"));
    if (edit) document.dispatchEvent(new CustomEvent("compose", { detail: { edit } }));
  }

  acts() {
    const line = this.here ?? this.lines.at(-1);
    if (line) document.dispatchEvent(new CustomEvent("message-acts", { detail: line }));
  }
});
