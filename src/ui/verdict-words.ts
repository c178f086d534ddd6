import type { Locale } from "./locale";
import type { Verdict } from "./ranking";

/** Most responses that are named one by one where they are level. */
const MAX_NAMED = 5;

/** "Response 1 leads by 8.96"; nothing when there is no one to lead. */
export function verdictWords({ best, margin }: Verdict, locale: Locale): string {
  if (margin === undefined) return "";
  return best.length > 1 ? levelWords(best, locale) : leadWords(best[0]!, margin, locale);
}

/** The whole result in one sentence or two, the winner named first. */
export function announcement({ best, score, margin }: Verdict, locale: Locale): string {
  const { strings, formats } = locale;
  const shown = formats.score(score);
  if (best.length > 1) return `${levelWords(best, locale)}: ${shown}.`;
  const number = formats.count(best[0]! + 1);
  if (margin === undefined) return strings.announceOne(number, shown);
  return `${strings.announceBest(number, shown)} ${leadWords(best[0]!, margin, locale)}.`;
}

function leadWords(place: number, margin: number, { strings, formats }: Locale): string {
  return strings.leads(formats.count(place + 1), formats.margin(margin));
}

function levelWords(places: readonly number[], { strings, formats }: Locale): string {
  if (places.length > MAX_NAMED) return strings.manyLevel(formats.count(places.length));
  return strings.level(formats.list(places.map((place) => formats.count(place + 1))));
}
