// Sentences come from the page, already in the reader's language, with {holes}.
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (hole, name) => (name in values ? values[name] : hole));
}

export const language = document.documentElement.lang || "en";

export function number(value) {
  return new Intl.NumberFormat(language).format(value);
}
