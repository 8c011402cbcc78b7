// Loads each custom element only where a page uses it. Every page works without any of them.
const tags = [
  "album-upload", "auto-submit", "confirm-button", "copy-button", "device-zone", "door-desk", "error-summary", "import-progress", "kept-form",
  "kept-note", "kept-pages", "live-status", "local-time", "message-acts", "message-composer", "message-thread",
  "navigation-menu", "notice-bell", "notice-list", "password-field", "photo-field", "photo-keys", "presence-note", "push-switch",
  "reaction-picker", "thread-keys", "thread-list", "typing-line", "unread-count", "writing-desk",
];

// Relative, so that the version in this file's own address is kept.
export function wake(root = document) {
  for (const tag of tags) {
    if (!customElements.get(tag) && root.querySelector(tag)) import(`./elements/${tag}.js`);
  }
}

document.documentElement.classList.add("scripted");
wake();

// Pages visited last, without a line too; and what rings. Registered once the page itself has all it needs.
if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" }).catch(() => {}));
}

// On a narrow screen the menu is a row that scrolls: begin where the reader is.
for (const here of document.querySelectorAll(".bar-nav [aria-current], .desk-nav [aria-current], .tabs [aria-current]")) {
  const row = here.closest("nav");
  if (here.offsetLeft + here.offsetWidth > row.clientWidth - 48) row.scrollLeft = here.offsetLeft - row.clientWidth / 3;
}
