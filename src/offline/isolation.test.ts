import { describe, expect, it } from "vitest";
import { isolationHeaders, withHeaders } from "./isolation";

const BOTH = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };
const ALONE = { "Document-Isolation-Policy": "isolate-and-require-corp" };
const chromium = (version: string, mobile = false) => ({
  userAgentData: {
    mobile,
    brands: [
      { brand: "Not(A:Brand", version: "999" },
      { brand: "Chromium", version },
    ],
  },
});

describe("isolationHeaders", () => {
  it.each([
    ["Chromium 137", chromium("137"), ALONE],
    ["Chromium 136", chromium("136"), BOTH],
    ["Chromium on a phone", chromium("150", true), BOTH],
    ["a browser that does not say what it is", {}, BOTH],
  ])("isolates in %s", (_, navigator, headers) => {
    expect(isolationHeaders(navigator)).toEqual(headers);
  });
});

describe("withHeaders", () => {
  it("leaves what the host sent as it is", async () => {
    const sent = {
      "Content-Security-Policy": "default-src 'none'",
      "Cross-Origin-Opener-Policy": "unsafe-none",
    };
    const response = withHeaders(new Response("text", { status: 404, headers: sent }), BOTH);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe("text");
    expect(response.headers.get("Content-Security-Policy")).toBe("default-src 'none'");
    expect(response.headers.get("Cross-Origin-Opener-Policy")).toBe("unsafe-none");
    expect(response.headers.get("Cross-Origin-Embedder-Policy")).toBe("require-corp");
  });
});
