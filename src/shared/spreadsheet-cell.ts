/**
 * How a spreadsheet tells a formula from a text: by its first character, the full-width ones too.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** A text that no spreadsheet runs: an apostrophe goes before whatever would be a formula. */
export function toCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The text that {@link toCell} was given. */
export function fromCell(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

/** A number as programs write it, which no spreadsheet runs either: `-0.5`. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** A cell of a file that is written again: as it was, unless a spreadsheet would run it. */
export function guardCell(cell: string): string {
  return cell.startsWith("'") || NUMBER.test(cell) ? cell : toCell(cell);
}
