export const CHROMIUM_PLACES: readonly string[];
export function findChromium(): Promise<string>;
