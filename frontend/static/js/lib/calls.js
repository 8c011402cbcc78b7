// Asks the API. A refusal is thrown as the problem it answered, a lost connection as one with status 0.
const base = new URL("/api/v1", location.href).href;

export class Refused extends Error {
  constructor(status, problem = {}, after = 0) {
    super(problem.detail || problem.title || String(status));
    Object.assign(this, { status, problem, after });
  }

  // Worth trying again as it is: nobody answered, or not now.
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export async function call(method, path, body, options = {}) {
  const file = body instanceof FormData;
  const headers = { Accept: "application/json", ...(body && !file ? { "Content-Type": "application/json" } : {}) };
  let answer;
  try {
    answer = await fetch(base + path, { method, headers, body: body && !file ? JSON.stringify(body) : body, ...options });
  } catch {
    throw new Refused(0);
  }
  const text = await answer.text();
  const said = text && answer.headers.get("content-type")?.includes("json") ? JSON.parse(text) : undefined;
  if (!answer.ok) throw new Refused(answer.status, said, Number(answer.headers.get("retry-after")) || 0);
  return said;
}
