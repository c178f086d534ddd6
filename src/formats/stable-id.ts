/**
 * A short name that is the same for the same texts: 16 hexadecimal digits of FNV-1a, two lanes of it.
 *
 * @see https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
 */
export function stableId(...texts: readonly string[]): string {
  const text = JSON.stringify(texts);
  let [first, second] = [0x811c9dc5, 0xcbf29ce4];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    first = Math.imul(first ^ unit, 0x01000193);
    second = Math.imul(second ^ unit, 0x85ebca6b);
  }
  return [first, second].map((lane) => (lane >>> 0).toString(16).padStart(8, "0")).join("");
}
