/** Rows may be of any length; what is wrong in one is quoted up to here, in UTF-16 code units. */
const MAX_QUOTE = 60;

/** The kind of a field's value, in the words of a message. */
export function kindOf(field: string, value: unknown): string {
  if (value === undefined) return `no ${field}`;
  return `${field} of type ${typeName(value)}`;
}

/** The type of a value, in a word: that of `null` or of a list, too, which are objects to `typeof`. */
export function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return value instanceof Number ? "number" : typeof value;
}

/** The beginning of a text that a message quotes. */
export function quote(text: string): string {
  return text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text;
}
