// What a door asks of the club. `calls`: the address of its check-ins.
const PATIENCE = 10000;

// The door does not open for this phone any more: signed out, or its link has ended.
export class Closed extends Error {}

export class DoorCalls {
  constructor(calls) {
    this.calls = calls;
  }

  // The answer that settles a wish; throws where there is none yet, and it waits.
  async settle({ code, act }) {
    const answer = await (act === "out" ? this.call("DELETE", `/${encodeURIComponent(code)}`) : this.call("POST", "", { ticket_code: code, known: act === "known" }));
    const { status } = answer;
    if (status === 401 || status === 403 || (status === 404 && (await this.call("GET")).status === 404)) throw new Closed();
    if (status >= 500 || status === 429) throw new Error(`answered ${status}`);
    return answer;
  }

  // {here, expected}; undefined without a line.
  async arrivals() {
    const answer = await this.call("GET").catch(() => null);
    return answer?.ok ? answer.json() : undefined;
  }

  call(method, path = "", body = undefined) {
    const headers = { "content-type": "application/json" };
    return fetch(this.calls + path, { method, headers, body: body && JSON.stringify(body), signal: AbortSignal.timeout(PATIENCE) });
  }
}
