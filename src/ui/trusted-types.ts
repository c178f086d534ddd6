interface Policy {
  createScriptURL(url: string): unknown;
}

interface TrustedTypes {
  defaultPolicy: Policy | null;
  createPolicy(name: string, rules: { createScriptURL(url: string): string | undefined }): Policy;
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };

/** The library's own, made once; undefined where the page does not let it be made. */
let library: Policy | undefined;

/**
 * Lets the page start scripts of its own origin alone: its worker. A sandboxed frame has no origin, and starts
 * its worker from a `data:` address. The page's policy has every other text refused where it would become markup
 * or script; lit has a policy of its own for its templates.
 *
 * @see https://www.w3.org/TR/trusted-types/#default-policy-hdr
 */
export function allowOwnScripts(): void {
  trustedTypes?.createPolicy("default", {
    createScriptURL: (url) => (new URL(url, document.baseURI).origin === self.origin ? url : undefined),
  });
}

/**
 * The address of the engine's script, as a page that requires trusted types takes it: one of no policy's making
 * would be refused. A page that has a default policy decides by it.
 */
export function scriptAddress(url: string): string {
  if (!trustedTypes || trustedTypes.defaultPolicy) return url;
  try {
    library ??= trustedTypes.createPolicy("reward-scorer", { createScriptURL: (url) => url });
  } catch {
    return url; // only a page that requires trusted types will refuse it
  }
  return library.createScriptURL(url) as string;
}
