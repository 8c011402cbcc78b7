// Avatars as the server draws them (components/people.html): the photo, or initials on one of six tints.
const encoder = new TextEncoder();
const simple = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u;

// FNV-1a, as in ssc.web.templates.
export function tint(key) {
  let sum = 0x811c9dc5;
  for (const byte of encoder.encode(key)) sum = Math.imul(sum ^ byte, 0x01000193);
  return (sum >>> 0) % 6;
}

export function initials(name) {
  const parts = name.split(/\s+/).filter((part) => /^[\p{L}\p{N}]/u.test(part));
  if (!parts.length) return "?";
  const [first] = parts[0];
  if (!simple.test(parts[0])) return first;
  return (parts.length > 1 ? first + [...parts.at(-1)][0] : first).toUpperCase();
}

export function avatar(member, size = "medium") {
  const photo = member?.photo?.["64"];
  const pixels = { small: 32, medium: 44 }[size];
  if (photo) {
    const image = Object.assign(new Image(pixels, pixels), { className: `avatar ${size}`, loading: "lazy", decoding: "async", alt: "", src: photo });
    return image;
  }
  const face = document.createElement("span");
  face.className = `avatar ${size} ${member ? `av-${tint(member.handle)}` : "nobody"}`;
  face.setAttribute("aria-hidden", "true");
  if (member) face.textContent = initials(member.name);
  return face;
}
