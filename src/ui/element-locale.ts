import { type ElementStrings, elementEnglish } from "./element-strings";
import { elementPortuguese } from "./element-strings-pt-br";
import { createFormats, type Formats } from "./formats";
import type { Language } from "./language";

/** The words and the numbers of one language, as far as `<reward-scorer>` needs them. */
export interface ElementLocale {
  lang: Language;
  strings: ElementStrings;
  formats: Formats;
}

const strings: Record<Language, ElementStrings> = { en: elementEnglish, "pt-BR": elementPortuguese };

/** Making formats takes a moment, and there may be hundreds of elements. */
const made = new Map<Language, ElementLocale>();

export function elementLocaleOf(lang: Language): ElementLocale {
  const known = made.get(lang);
  if (known) return known;
  const locale = { lang, strings: strings[lang], formats: createFormats(lang) };
  made.set(lang, locale);
  return locale;
}
