/** Whether two values say the same: lists by what they hold, and null as what is not said. */
export function isSame(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return Object.is(one ?? undefined, other ?? undefined);
  return one.length === other.length && one.every((value, at) => Object.is(value, other[at]));
}
