/** Rows may be of any length; what is wrong in one is quoted up to here, in UTF-16 code units. */
const MAX_QUOTE = 60;

/** In a word: of `null` and of lists, too, which are objects to `typeof`. */
export type TypeName = ReturnType<typeof typeName>;

/** The kind of a field's value, in the words of a message. */
export function kindOf(field: string, value: unknown): string {
  return typeWords(field, typeName(value));
}

/** A field's type, in the words of a message. */
export function typeWords(field: string, type: TypeName): string {
  return type === "undefined" ? `no ${field}` : `${field} of type ${type}`;
}

/** The type of a value, in a word. */
export function typeName(value: unknown) {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return value instanceof Number ? "number" : typeof value;
}

/** The beginning of a text that a message quotes. */
export function quote(text: string): string {
  return text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text;
}
