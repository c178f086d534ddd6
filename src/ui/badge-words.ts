import type { Attempt, LoadedModel } from "../shared/contract";
import type { Locale } from "./locale";

/** What runs the model and whether it was checked: `WASM · 4 threads · checked`. */
export function badgeWords(model: LoadedModel, locale: Locale): string {
  const { strings } = locale;
  const chosen = model.attempts.at(-1);
  const better = passedOver(model.attempts);
  const words = [strings.backends[model.executionProvider]];
  if (better) {
    const backend = strings.backends[better.executionProvider];
    words.push(
      better.outcome === "disagreed" ? strings.backendDisagreed(backend) : strings.backendFailed(backend),
    );
  } else {
    if (model.executionProvider === "wasm") words.push(threads(model, locale));
    if (chosen?.maxError !== undefined) words.push(strings.checked);
  }
  return words.join(" · ");
}

/** The worst thing that happened to another backend than the chosen one. */
function passedOver(attempts: readonly Attempt[]): Attempt | undefined {
  const others = attempts.filter(
    ({ executionProvider }) => executionProvider !== attempts.at(-1)?.executionProvider,
  );
  return (
    others.find(({ outcome }) => outcome === "disagreed") ??
    others.find(({ outcome }) => outcome === "failed")
  );
}

function threads({ threads: count }: LoadedModel, { strings, formats }: Locale): string {
  return strings.threads(count, formats.count(count));
}
