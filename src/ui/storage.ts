/** For how long: between visits, or as long as the tab is open, for that tab alone. */
export type Store = "localStorage" | "sessionStorage";

/**
 * Text kept by the browser. Private windows and strict settings refuse it: then reading
 * finds nothing and writing says false.
 */
export function readStored(key: string, store: Store = "localStorage"): string | undefined {
  try {
    return window[store].getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** @param text undefined forgets the key */
export function writeStored(key: string, text: string | undefined, store: Store = "localStorage"): boolean {
  try {
    if (text === undefined) window[store].removeItem(key);
    else window[store].setItem(key, text);
    return true;
  } catch {
    return false;
  }
}
