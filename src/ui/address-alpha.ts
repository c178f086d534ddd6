/** How long an alpha stands before the address follows: browsers refuse to change that with every move of a thumb. */
const RESTS_MS = 250;

let rests: ReturnType<typeof setTimeout> | undefined;

/** An address that names an alpha follows the one that is set, once that rests. */
export function nameAlpha(alpha: number): void {
  clearTimeout(rests);
  rests = setTimeout(() => {
    const address = new URL(location.href);
    if (!address.searchParams.has("alpha")) return;
    address.searchParams.set("alpha", String(alpha));
    history.replaceState(null, "", address);
  }, RESTS_MS);
}
