// Sentences come from the page, already in the reader's language, with {holes}.
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (hole, name) => (name in values ? values[name] : hole));
}

export const language = document.documentElement.lang || "en";

// Of English the one that the server writes: 1 Dec 2026, 17:24.
export const locale = language === "en" ? "en-001" : language;
export const DAY_AND_MINUTE = { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" };

export function number(value) {
  return new Intl.NumberFormat(language).format(value);
}
