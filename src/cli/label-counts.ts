import type { PreferenceFile, PreferenceOptions } from "./open-preferences";

/** Labels named in a message: a field of another kind has a different one in each row. */
const MOST_NAMED = 10;

/** How many rows of all files have which label. */
function countsOf(files: readonly PreferenceFile[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [label, count] of files.flatMap(({ labels = {} }) => Object.entries(labels))) {
    counts.set(label, (counts.get(label) ?? 0) + count);
  }
  return counts;
}

/** Says which of the labels asked for no row has: misspelt, one side's rows would go uncompared in silence. */
export function findUnmetLabel(
  files: readonly PreferenceFile[],
  { labelField, label = [] }: PreferenceOptions,
): string | undefined {
  const counts = countsOf(files);
  const unmet = label.find((value) => !counts.has(value));
  if (unmet === undefined || counts.size === 0) return undefined;
  return `--label: expected "${unmet}" in a row's ${labelField}, found ${inWords(counts)}`;
}

/** The labels of rows that prefer neither response, and how many there are of each; undefined where all prefer one. */
export function neutralLabels(
  files: readonly PreferenceFile[],
  { label = [] }: PreferenceOptions,
): string | undefined {
  const counts = countsOf(files);
  for (const value of label) counts.delete(value);
  return counts.size === 0 ? undefined : inWords(counts);
}

function inWords(counts: ReadonlyMap<string, number>): string {
  const named = [...counts].toSorted(([, a], [, b]) => b - a).slice(0, MOST_NAMED);
  const rest = counts.size - named.length;
  const words = named.map(([label, count]) => `"${label}" ${count}`).join(", ");
  return rest > 0 ? `${words} and ${rest} others` : words;
}
