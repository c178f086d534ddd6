import { createFormats, type Formats } from "./formats";
import { english, type Strings } from "./strings";

export const LANGUAGES = ["en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The words and the numbers of one language: what every element is given. */
export interface Locale {
  lang: Language;
  strings: Strings;
  formats: Formats;
}

const strings: Record<Language, Strings> = { en: english };

export function createLocale(lang: Language): Locale {
  return { lang, strings: strings[lang], formats: createFormats(lang) };
}

export const ENGLISH = createLocale("en");
