interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string | undefined }): unknown;
}

/**
 * Lets the page start scripts of its own origin alone: its worker. A sandboxed frame has no origin, and starts
 * its worker from a `data:` address. The page's policy has every other text refused where it would become markup
 * or script; lit has a policy of its own for its templates.
 *
 * @see https://www.w3.org/TR/trusted-types/#default-policy-hdr
 */
export function allowOwnScripts(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy("default", {
    createScriptURL: (url) => (new URL(url, document.baseURI).origin === self.origin ? url : undefined),
  });
}
