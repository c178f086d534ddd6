export const LANGUAGES = ["en", "pt-BR"] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * The one of our languages that a tag asks for, whatever its region.
 *
 * @param tag BCP 47; browsers and pages write it in any case
 * @returns undefined for every other language
 */
export function languageOf(tag: string): Language | undefined {
  const [language] = tag.toLowerCase().split("-");
  return LANGUAGES.find((lang) => lang.split("-")[0] === language);
}
