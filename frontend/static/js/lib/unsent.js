// What is written here and not yet stored by the club: it stands below all else, and says how it is with it.
export class Unsent {
  constructor(log) {
    Object.assign(this, { log, words: log.owner.dataset });
  }

  line(clientId) {
    return clientId ? this.log.lines.querySelector(`[data-client="${CSS.escape(clientId)}"]:not([data-seq])`) : null;
  }

  // Who was cut off between storing and the ack sends it again: it stands here already.
  isStored(clientId) {
    return Boolean(this.log.lines.querySelector(`[data-client="${CSS.escape(clientId)}"][data-seq]`));
  }

  put(item) {
    if (this.isStored(item.client_id)) return;
    const { view, lines } = this.log;
    const line = this.draw(item);
    const old = this.line(item.client_id);
    if (old) old.replaceWith(line);
    else lines.append(line);
    line.classList.toggle("follows", view.goesOn(line.previousElementSibling, line) && !item.refusal);
    this.restate();
    if (!old) this.log.toEnd();
  }

  // What stands below a refused one waits for what becomes of that, and says so.
  restate() {
    let held = false;
    for (const line of this.log.lines.querySelectorAll(".unsent")) {
      const failed = line.classList.contains("failed");
      held ||= failed;
      line.classList.toggle("held", held && !failed);
      if (!failed) line.querySelector("[data-part=state]").textContent = held ? this.words.held : this.words.sending;
    }
  }

  draw(item) {
    const line = this.log.view.message(this.message(item));
    line.removeAttribute("id");
    line.removeAttribute("data-seq");
    line.dataset.client = item.client_id;
    line.classList.add("unsent");
    line.classList.toggle("failed", Boolean(item.refusal));
    const part = (name) => line.querySelector(`[data-part=${name}]`);
    part("text").replaceChildren(...item.body.split(/\n{2,}/).map((text) => Object.assign(document.createElement("p"), { innerText: text })));
    part("more").remove();
    if (!item.refusal) return line;
    part("state").textContent = `${this.words.failed}: ${item.refusal}`;
    line.querySelector(".message-body").append(this.again());
    return line;
  }

  message(item) {
    const files = (item.files ?? []).map(({ name, blob }) => ({
      kind: blob.type.startsWith("image/") ? "image" : "file", url: "", name, bytes: blob.size, local: URL.createObjectURL(blob),
    }));
    return {
      thread_id: item.thread_id, seq: 0, rev: 0, kind: "text", author: this.log.view.self, html: "", reply_to: item.reply_to,
      attachments: files, reactions: {}, created_at: new Date(item.at).toISOString(),
    };
  }

  again() {
    const acts = Object.assign(document.createElement("p"), { className: "message-again" });
    for (const act of ["retry", "discard"]) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: this.words[act] });
      button.dataset.again = act;
      acts.append(button);
    }
    return acts;
  }

  // Stored: its message is about to come.
  settled(clientId) {
    this.line(clientId)?.classList.remove("unsent");
    this.restate();
  }

  discarded(clientId) {
    this.line(clientId)?.remove();
    this.restate();
  }
}
