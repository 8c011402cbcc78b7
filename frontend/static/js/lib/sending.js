// A file on its way: by the one kind of call that tells how much of it has left.
export function sent(address, fields, progress) {
  return new Promise((resolve) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    const call = new XMLHttpRequest();
    call.open("POST", address);
    call.setRequestHeader("Accept", "application/json");
    call.upload.onprogress = ({ loaded, total }) => progress(loaded / total);
    call.onload = () => resolve({ status: call.status, reason: call.status < 300 ? "" : reason(call) });
    call.onerror = call.ontimeout = call.onabort = () => resolve({ status: 0, reason: "" });
    call.send(body);
  });
}

// What the problem says of the field, of itself, or only its number.
function reason(call) {
  try {
    const problem = JSON.parse(call.responseText);
    return problem.errors?.[0]?.message ?? problem.detail ?? problem.title;
  } catch {
    return `${call.status}`;
  }
}
