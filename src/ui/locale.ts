import { type ElementLocale, elementLocaleOf } from "./element-locale";
import type { Language } from "./language";
import { english, type Strings } from "./strings";
import { portuguese } from "./strings-pt-br";

/** The words and the numbers of one language: what every element of the page is given. */
export interface Locale extends ElementLocale {
  strings: Strings;
}

const strings: Record<Language, Strings> = { en: english, "pt-BR": portuguese };

export function localeOf(lang: Language): Locale {
  return { ...elementLocaleOf(lang), strings: strings[lang] };
}
