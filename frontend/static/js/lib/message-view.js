// Fills the page's own markup of a message (templates/messaging/_message.html) with one that came live, or waits to be sent.
import { avatar } from "./faces.js";
import { Times } from "./times.js";
import { fill } from "./words.js";

const together = 5 * 60 * 1000; // as in ssc.messaging.pages.lines

export class MessageView {
  constructor(owner) {
    this.owner = owner;
    this.words = owner.dataset;
    this.me = owner.getAttribute("me");
    this.self = { handle: this.me, name: owner.getAttribute("name"), photo: owner.hasAttribute("photo") ? { 64: owner.getAttribute("photo") } : null };
    this.times = new Times(owner.getAttribute("zone"), owner.getAttribute("language"));
  }

  copy(name) {
    return this.owner.querySelector(`template[data-template="${name}"]`).content.firstElementChild.cloneNode(true);
  }

  draw(message) {
    return message.kind === "text" ? this.message(message) : this.event(message);
  }

  event(message) {
    const line = this.mark(this.copy("event"), message);
    line.querySelector("[data-part=told]").textContent = fill(this.words[message.kind], { name: message.withheld ? this.words.withheldAuthor : message.body, title: message.body });
    this.clock(line.querySelector("time"), message);
    return line;
  }

  message(message) {
    const shown = this.mark(this.copy("message"), message);
    const part = (name) => shown.querySelector(`[data-part=${name}]`);
    const base = `/messages/${message.thread_id}`;
    shown.dataset.author = message.author?.handle ?? "";
    shown.classList.toggle("mine", message.author?.handle === this.me);
    if (message.author?.handle === this.me && message.client_id) shown.dataset.client = message.client_id;
    shown.classList.toggle("gone", Boolean(message.deleted || message.withheld));
    part("face").replaceChildren(avatar(message.author));
    part("author").firstElementChild.textContent = this.author(message);
    if (message.author) part("author").setAttribute("href", `/members/${message.author.handle}`);
    else part("author").removeAttribute("href");
    part("time").setAttribute("href", `${base}?around=${message.seq}#m-${message.seq}`);
    this.clock(part("time").firstElementChild, message);
    part("state").textContent = message.edited_at && !message.deleted ? this.words.edited : "";
    part("more").setAttribute("href", `${base}/${message.seq}`);
    part("reactions").action = `${base}/${message.seq}/reactions`;
    this.text(part("text"), message);
    this.quote(part("quote"), message, base);
    this.files(part("files"), message.attachments);
    this.reactions(part("reactions"), message.reactions);
    return shown;
  }

  mark(line, message) {
    line.id = `m-${message.seq}`;
    Object.assign(line.dataset, { seq: message.seq, rev: message.rev, at: message.created_at });
    return line;
  }

  author(message) {
    return message.author?.name ?? (message.withheld ? this.words.withheldAuthor : this.words.former);
  }

  clock(time, message) {
    time.dateTime = message.created_at;
    time.textContent = this.times.clock(message.created_at);
  }

  // The club's own HTML, made from Markdown and cleaned by the server.
  text(part, message) {
    if (message.withheld || message.deleted) {
      const said = document.createElement("p");
      said.textContent = message.withheld ? this.words.withheld : this.words.deleted;
      part.replaceChildren(said);
    } else part.innerHTML = message.html;
  }

  quote(part, message, base) {
    part.hidden = !message.reply_to;
    if (part.hidden) return;
    const original = this.owner.querySelector(`#m-${message.reply_to}`);
    const link = part.firstElementChild;
    link.setAttribute("href", `${base}?around=${message.reply_to}#m-${message.reply_to}`);
    link.firstElementChild.textContent = original?.querySelector(".message-author")?.textContent ?? "↩";
    link.lastElementChild.textContent = original?.querySelector(".message-text")?.textContent.trim().slice(0, 120) ?? "";
  }

  files(part, files = []) {
    part.hidden = !files.length;
    part.replaceChildren(...files.map((file) => (file.kind === "image" ? this.picture(file) : this.file(file))));
  }

  picture(file) {
    const shown = this.copy("picture");
    shown.firstElementChild.href = file.url;
    const image = shown.querySelector("img");
    if (file.width) Object.assign(image, { width: file.width, height: file.height });
    image.alt = file.name;
    if (file.local) image.removeAttribute("srcset");
    else image.srcset = `${file.url}/480.webp 480w, ${file.url}/1600.webp 1600w`;
    image.src = file.local ?? `${file.url}/480.webp`;
    return shown;
  }

  file(file) {
    const shown = this.copy("file");
    Object.assign(shown.firstElementChild, { href: file.url, download: file.name });
    shown.querySelector("bdi").textContent = file.name;
    shown.querySelector(".detail").textContent = new Intl.NumberFormat(this.owner.getAttribute("language"), {
      style: "unit", unit: file.bytes < 1e6 ? "kilobyte" : "megabyte", maximumFractionDigits: file.bytes < 1e6 ? 0 : 1,
    }).format(Math.max(1, file.bytes / 1000) / (file.bytes < 1e6 ? 1 : 1000));
    return shown;
  }

  reactions(part, reactions = {}) {
    const kinds = Object.entries(reactions);
    part.hidden = !kinds.length;
    part.replaceChildren(...kinds.flatMap(([emoji, handles]) => [this.reaction(emoji, handles)]));
  }

  reaction(emoji, handles) {
    const button = this.copy("reaction");
    button.value = emoji;
    button.setAttribute("aria-pressed", String(handles.includes(this.me)));
    for (const shown of [...button.children].slice(0, 2)) shown.textContent = emoji;
    button.querySelector(".reaction-count").textContent = handles.length;
    return button;
  }

  day(instant) {
    const line = this.copy("day");
    line.dataset.day = this.times.date(instant);
    line.firstElementChild.textContent = this.times.name(instant, this.words);
    return line;
  }

  // Whether this goes on where the same author has just written.
  goesOn(before, line) {
    if (!before?.matches(".message") || !line.matches(".message") || !line.dataset.author) return false;
    const apart = Date.parse(line.dataset.at) - Date.parse(before.dataset.at);
    const quoting = !line.querySelector("[data-part=quote]").hidden;
    return before.dataset.author === line.dataset.author && apart < together && !quoting;
  }
}
