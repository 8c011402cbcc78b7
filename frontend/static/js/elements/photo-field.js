// Shows the chosen picture before it is sent, and refuses at once what the server would refuse after a long upload.
customElements.define("photo-field", class extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.input.addEventListener("change", () => this.look());
  }

  look() {
    const [file] = this.input.files;
    const wrong = file && this.refusal(file);
    this.tell(wrong ?? "");
    if (wrong) this.input.value = "";
    this.preview(wrong ? undefined : file);
  }

  refusal(file) {
    const kinds = this.input.accept.split(",").map((kind) => kind.trim());
    if (file.type && !kinds.includes(file.type)) return this.getAttribute("wrong-kind");
    if (file.size > Number(this.getAttribute("limit"))) return this.getAttribute("too-large");
  }

  preview(file) {
    const old = this.querySelector("img");
    if (old) {
      URL.revokeObjectURL(old.src);
      old.remove();
    }
    if (!file) return;
    const image = new Image();
    image.alt = this.getAttribute("preview");
    image.src = URL.createObjectURL(file);
    this.prepend(image);
  }

  tell(sentence) {
    this.message ??= this.appendChild(Object.assign(document.createElement("p"), { className: "error" }));
    this.message.setAttribute("role", "alert");
    this.message.textContent = sentence;
    this.message.hidden = !sentence;
  }
});
