import { type Arbitrary, array, constantFrom, oneof, string } from "fast-check";

/** What texts are made of that tokenizers, text areas or JSON have stumbled over. */
const ODD = [
  "",
  " ",
  "\n",
  "\r\n",
  "\t",
  "\0",
  "\ufffd",
  "\ufeff",
  "\ud800", // half a character, the first
  "\udc00", // and the second
  "\u202e", // what follows is read from right to left
  "\u2066",
  "\u200b", // white space without width
  "\u00a0",
  "e\u0301\u0327", // marks over and below
  "\u0301",
  "İ", // one letter, two when it is small
  "ß",
  "ﬁ",
  "中",
  "𠀀",
  "\u1100\u1161\u11a8", // three letters, one syllable
  "👨‍👩‍👧",
  "[SEP]",
  "[CLS]",
  "[MASK]",
  "[UNK]",
  "[sep]",
  "##ing",
  "the",
  "unbelievably",
  "não",
  "a".repeat(100),
  "a".repeat(101),
  "!?",
  "...",
  "1e308",
  "<b>&amp;</b>",
];

/** Any string there is: odd parts and arbitrary ones, glued or apart. */
export function anyText(maxParts = 12): Arbitrary<string> {
  const part = oneof(
    { weight: 3, arbitrary: constantFrom(...ODD) },
    { weight: 1, arbitrary: string({ unit: "binary", maxLength: 20 }) },
    { weight: 1, arbitrary: string({ unit: "grapheme", maxLength: 10 }) },
  );
  const glue = constantFrom("", " ");
  return array(part, { maxLength: maxParts }).chain((parts) => glue.map((between) => parts.join(between)));
}
