import { LANGUAGES, type Language, languageOf } from "./language";
import type { Locale } from "./locale";
import { readStored, writeStored } from "./storage";

export const LANGUAGE_KEY = "reward-scorer.lang";

/** The language in force: the address's, else the person's choice on this page, else the browser's. */
export function currentLanguage(asked: Language | undefined): Language {
  const stored = readStored(LANGUAGE_KEY);
  return asked ?? LANGUAGES.find((lang) => lang === stored) ?? browserLanguage(navigator.languages);
}

/** The first of the browser's languages that is one of ours; English when none is. */
export function browserLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    const lang = languageOf(tag);
    if (lang) return lang;
  }
  return "en";
}

/**
 * Remember a choice, and write it into an address that names another language. Choosing what the browser
 * says forgets the choice: the page follows the browser again.
 */
export function chooseLanguage(lang: Language): void {
  writeStored(LANGUAGE_KEY, lang === browserLanguage(navigator.languages) ? undefined : lang);
  const address = new URL(location.href);
  if (!address.searchParams.has("lang")) return;
  address.searchParams.set("lang", lang);
  history.replaceState(null, "", address);
}

/** Give the document its language, its title and its description. */
export function applyLanguage({ lang, strings }: Locale): void {
  document.documentElement.lang = lang;
  document.title = strings.appName;
  document.querySelector('meta[name="description"]')?.setAttribute("content", strings.description);
}
