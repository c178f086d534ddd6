/** Numbers as a person reads them, in one language. */
export interface Formats {
  /** Two decimals, always signed but for zero. */
  score(value: number): string;
  /** Three decimals, always signed but for zero. */
  reward(value: number): string;
  /** A distance between scores: two decimals, no sign. */
  margin(value: number): string;
  /** One decimal at least, three at most. */
  alpha(value: number): string;
  /** An alpha with the decimals it has, as a person would type it. */
  typedAlpha(value: number): string;
  count(value: number): string;
  /** Bytes in MB (10⁶), the unit left to the words around. */
  megabytes(bytes: number): string;
  /** Bytes in MB, or in whole kB rounded up where they are fewer than 1 MB, with the unit. */
  size(bytes: number): string;
  /** A small positive number, two significant digits. */
  error(value: number): string;
  /** A time, two significant digits, the unit left to the words around. */
  milliseconds(value: number): string;
  /** "1, 2 and 3". */
  list(items: readonly string[]): string;
}

const SCORE_DIGITS = 2;
const MINUS = "\u2212";
const BYTES_PER_MB = 1e6;
const BYTES_PER_KB = 1e3;

const SHOWN = new Intl.NumberFormat("en", { maximumFractionDigits: SCORE_DIGITS, useGrouping: false });

/** A score as it is shown, read as a number again: what is the same there is the same to a person. */
export function shownScore(score: number): number {
  return Number(SHOWN.format(score));
}

/** @param lang a BCP 47 tag */
export function createFormats(lang: string): Formats {
  const number = (options: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(lang, options);
    return (value: number) => withTrueMinus(format.formatToParts(value));
  };
  const signed = (digits: number) =>
    number({ signDisplay: "exceptZero", minimumFractionDigits: digits, maximumFractionDigits: digits });
  const megabytes = number({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const count = number({ maximumFractionDigits: 0 });
  const list = new Intl.ListFormat(lang, { type: "conjunction" });
  return {
    score: signed(SCORE_DIGITS),
    reward: signed(3),
    margin: number({ minimumFractionDigits: SCORE_DIGITS, maximumFractionDigits: SCORE_DIGITS }),
    alpha: number({ minimumFractionDigits: 1, maximumFractionDigits: 3 }),
    typedAlpha: number({ maximumFractionDigits: 20 }),
    count,
    megabytes: (bytes) => megabytes(bytes / BYTES_PER_MB),
    size: (bytes) =>
      bytes < BYTES_PER_MB
        ? `${count(Math.ceil(bytes / BYTES_PER_KB))} kB`
        : `${megabytes(bytes / BYTES_PER_MB)} MB`,
    error: number({ minimumSignificantDigits: 2, maximumSignificantDigits: 2 }),
    milliseconds: number({ maximumSignificantDigits: 2 }),
    list: (items) => list.format(items),
  };
}

/** Intl writes a hyphen in English and in Portuguese. */
function withTrueMinus(parts: Intl.NumberFormatPart[]): string {
  return parts.map(({ type, value }) => (type === "minusSign" ? MINUS : value)).join("");
}
