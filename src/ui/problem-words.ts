import { ALPHA_MAX, ALPHA_MIN } from "./alpha-scale";
import type { Locale } from "./locale";
import { titleOf } from "./model-choice";
import type { StartModel } from "./start-model";
import type { UrlParameters, UrlProblem } from "./url-parameters";

/** A parameter of the page's address that could not be used, and how to say so in a language. */
export interface Problem {
  parameter: keyof UrlParameters;
  words(locale: Locale): string;
}

/** What of the page's address could not be used, and what is used instead. */
export function problemWords({ parameter, value }: UrlProblem, { strings, formats }: Locale): string {
  switch (parameter) {
    case "device":
      return strings.badDevice(value);
    case "alpha":
      return strings.badAlpha(value, formats.count(ALPHA_MIN), formats.count(ALPHA_MAX));
    case "lang":
      return strings.badLang(value);
  }
}

/** That no model is named so, which there are, and which is used instead. */
export function unknownModelWords(
  unknown: string,
  { listed, choice }: StartModel,
  { lang, strings, formats }: Locale,
): string {
  const available = formats.list(listed.map(({ parameter }) => parameter));
  return strings.badModel(unknown, available, titleOf(choice, lang));
}
