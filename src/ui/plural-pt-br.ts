/** One or several: in Brazilian Portuguese zero goes with one (CLDR). */
export function plural(count: number, one: string, other: string): string {
  return count < 2 ? one : other;
}
