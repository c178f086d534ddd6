import type { OpenedResults } from "./open-results";
import { hasSameTexts, type Sheet } from "./sheet";

/** Texts that are or were on the page. */
export interface Texts {
  sheet: Sheet;
  /** The file that they came from. */
  opened: OpenedResults | undefined;
}

/** Texts that a press took off the page; the last are the first to be brought back. */
export type EarlierTexts = readonly Texts[];

/** Keep texts that are about to be taken off the page. */
export function keepTexts(earlier: EarlierTexts, texts: Texts): EarlierTexts {
  return [...otherThan(earlier, texts.sheet), texts];
}

/**
 * The texts on the page are kept behind all others, edits and all: whoever brings back again and again comes to
 * them too.
 *
 * @returns undefined when there are no other texts than those on the page
 */
export function bringBack(
  earlier: EarlierTexts,
  texts: Texts,
): { back: Texts; earlier: EarlierTexts } | undefined {
  const others = otherThan(earlier, texts.sheet);
  const back = others.at(-1);
  return back && { back, earlier: [texts, ...others.slice(0, -1)] };
}

/** Whether there is something to bring back. */
export function hasEarlier(earlier: EarlierTexts, sheet: Sheet): boolean {
  return otherThan(earlier, sheet).length > 0;
}

function otherThan(earlier: EarlierTexts, sheet: Sheet): EarlierTexts {
  return earlier.filter((texts) => !hasSameTexts(texts.sheet, sheet));
}
