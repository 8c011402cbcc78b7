// Who is in a thread, asked once a page when first needed.
import { call } from "./calls.js";

const asked = new Map();

export function peopleOf(thread) {
  if (!asked.has(thread)) {
    asked.set(thread, call("GET", `/threads/${thread}/members?limit=100`).then(({ items }) => items.map((one) => one.member ?? one), () => {
      asked.delete(thread);
      return [];
    }));
  }
  return asked.get(thread);
}
