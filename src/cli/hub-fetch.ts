import { ScorerError } from "../shared/errors";

/** As many as browsers follow. */
const MAX_REDIRECTS = 20;

/**
 * A `fetch` for one Hub: it sends the token to the Hub's own origin and to nobody else, however it is
 * redirected.
 */
export function hubFetch(endpoint: URL, token: string | undefined): typeof fetch {
  return async (input, init) => {
    let url = new URL(input instanceof Request ? input.url : input);
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const response = await fetchOnce(url, init, url.origin === endpoint.origin ? token : undefined);
      const location = response.headers.get("Location");
      if (location === null || response.status < 300 || response.status > 399) return response;
      await response.body?.cancel();
      url = follow(url, location);
    }
    throw new ScorerError("download-failed", `${url.origin}: over ${MAX_REDIRECTS} redirects`);
  };
}

async function fetchOnce(url: URL, init: RequestInit | undefined, token: string | undefined) {
  const headers = new Headers(init?.headers);
  if (token === undefined) headers.delete("Authorization");
  else headers.set("Authorization", `Bearer ${token}`);
  try {
    return await fetch(url, { ...init, headers, redirect: "manual" });
  } catch (cause) {
    throw new ScorerError("download-failed", `${url.origin}: no answer`, { cause });
  }
}

function follow(from: URL, location: string): URL {
  const to = new URL(location, from);
  if (from.protocol === to.protocol || to.protocol === "https:") return to;
  throw new ScorerError(
    "download-failed",
    `${from.origin}: redirected to ${to.protocol}, expected ${from.protocol}`,
  );
}
