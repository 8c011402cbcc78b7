// What was written without a line, sent when the browser has one again though no page is open (background sync).
// Classic script of the service worker; the pages' own outbox (lib/outbox.js) does the same while there is one. Both may: under
// its `client_id` the club stores a message once.
function database() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("ssc-outbox", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("messages", { keyPath: "client_id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function within(mode, act) {
  const held = await database();
  try {
    return await new Promise((resolve, reject) => {
      const change = held.transaction("messages", mode);
      const asked = act(change.objectStore("messages"));
      change.oncomplete = () => resolve(asked.result);
      change.onerror = change.onabort = () => reject(change.error);
    });
  } finally {
    held.close();
  }
}

async function ask(method, path, body) {
  const json = !(body instanceof FormData);
  const headers = json && body ? { "Content-Type": "application/json" } : {};
  const answer = await fetch(`/api/v1${path}`, { method, headers, body: body && json ? JSON.stringify(body) : body });
  if (answer.ok) return answer.json();
  if (answer.status === 401 || answer.status === 429 || answer.status >= 500) throw new Error(`answered ${answer.status}`);
  const { detail, title } = await answer.json().catch(() => ({}));
  return { refused: detail || title || String(answer.status) };
}

// In the order in which they were written, none past a refused one; what is another member's waits for her.
async function sendUnsent() {
  const { member } = await ask("GET", "/session");
  const items = await within("readonly", (all) => all.getAll());
  const stuck = new Set();
  for (const item of items.sort((a, b) => a.at - b.at)) {
    if (item.member !== member.handle) continue;
    if (item.refusal) stuck.add(item.thread_id);
    if (stuck.has(item.thread_id)) continue;
    const answer = await sendOne(item);
    if (!answer.refused) await within("readwrite", (all) => all.delete(item.client_id));
    else {
      stuck.add(item.thread_id);
      await within("readwrite", (all) => all.put({ ...item, refusal: answer.refused }));
    }
  }
}

async function sendOne(item) {
  const attachments = [...item.attachments];
  for (const file of item.files ?? []) {
    const form = new FormData();
    form.append("file", file.blob, file.name);
    const made = await ask("POST", "/uploads", form);
    if (made.refused) return made;
    attachments.push(made.id);
  }
  const { client_id, body, reply_to } = item;
  const said = { client_id, body, ...(reply_to ? { reply_to } : {}), ...(attachments.length ? { attachments } : {}) };
  return ask("POST", `/threads/${item.thread_id}/messages`, said);
}
