/**
 * Name of the store with the page's own files, for opening it without a network. Sites that share an origin
 * share its stores, and each has its own here.
 *
 * @param folder absolute URL of the page's folder, ending in a slash
 */
export function pageCacheName(folder: string): string {
  return `reward-scorer-page ${folder}`;
}
