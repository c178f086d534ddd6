import type { Unread } from "../shared/contract";
import type { Locale } from "./locale";
import { isCurrent, type Sheet } from "./sheet";

/** Where reading stopped in a text, and that in words. */
export interface UnreadMark {
  /** Index into the text in UTF-16 code units. */
  from: number;
  words: string;
}

export function unreadMark(unread: Unread | undefined, { strings, formats }: Locale): UnreadMark | undefined {
  if (!unread) return undefined;
  return { from: unread.from, words: strings.unread(unread.tokens, formats.count(unread.tokens)) };
}

/** The prompt is cut anew for each response: the mark stands where least of it was read. */
export function promptMark(sheet: Sheet, locale: Locale): UnreadMark | undefined {
  const cuts = sheet.rows.flatMap((row, place) => {
    const unread = isCurrent(sheet, row) ? row.reading?.reward.unread.prompt : undefined;
    return unread ? [{ unread, place }] : [];
  });
  const [worst] = cuts.toSorted((a, b) => a.unread.from - b.unread.from);
  const mark = unreadMark(worst?.unread, locale);
  if (!worst || !mark || sheet.rows.length === 1) return mark;
  const number = locale.formats.count(worst.place + 1);
  return { from: mark.from, words: locale.strings.unreadBeside(mark.words, number) };
}
