// Conversations by keys alone: j and k from message to message (in the inbox from one to the next), e, r, m, n, / and ?,
// Escape from writing to the messages and back.
customElements.define("thread-keys", class extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    document.addEventListener("keydown", this.heard = (event) => this.key(event));
    document.addEventListener("edit-last", this.last = () => this.editLast());
    document.addEventListener("leave-writing", this.left = () => this.step(-1));
    this.talks = !!document.querySelector("message-thread");
    this.list = this.talks ? "message-thread .message[data-seq]" : ".threads .thread-row > a";
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.heard);
    document.removeEventListener("edit-last", this.last);
    document.removeEventListener("leave-writing", this.left);
  }

  get lines() {
    return [...document.querySelectorAll(this.list)];
  }

  get here() {
    return document.activeElement?.closest(this.list);
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
    const next = here ? lines[lines.indexOf(here) + by] : lines.at(this.talks ? -1 : 0);
    if (!next) return;
    if (this.talks) next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  compose() {
    const reply = this.here ?? this.lines.at(-1);
    if (reply && this.talks) document.dispatchEvent(new CustomEvent("compose", { detail: { reply } }));
  }

  editLast() {
    const edit = this.lines.findLast((line) => line.matches(".mine:not(.gone)"));
    if (edit) document.dispatchEvent(new CustomEvent("compose", { detail: { edit } }));
  }

  acts() {
    const line = this.here ?? this.lines.at(-1);
    if (line && this.talks) document.dispatchEvent(new CustomEvent("message-acts", { detail: line }));
  }
});
