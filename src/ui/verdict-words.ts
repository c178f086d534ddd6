import type { Locale } from "./locale";
import type { Verdict } from "./ranking";

/** "Response 1 leads by 8.96"; nothing when there is no one to lead. */
export function verdictWords({ best, margin }: Verdict, { strings, formats }: Locale): string {
  if (margin === undefined) return "";
  const numbers = best.map((place) => formats.count(place + 1));
  if (numbers.length > 1) return strings.level(formats.list(numbers));
  return strings.leads(numbers[0]!, formats.margin(margin));
}

/** The whole result in one sentence or two, the winner named first. */
export function announcement({ best, score, margin }: Verdict, { strings, formats }: Locale): string {
  const numbers = best.map((place) => formats.count(place + 1));
  const shown = formats.score(score);
  if (numbers.length > 1) return strings.announceLevel(formats.list(numbers), shown);
  if (margin === undefined) return strings.announceOne(numbers[0]!, shown);
  return `${strings.announceBest(numbers[0]!, shown)} ${strings.leads(numbers[0]!, formats.margin(margin))}.`;
}
