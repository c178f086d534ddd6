import { type Endpoint, expose, releaseProxy, wrap } from "comlink";
import { describe, expect, it } from "vitest";
import { registerErrorTransfer } from "./error-transfer";
import { ScorerError } from "./errors";

registerErrorTransfer();

/** What arrives of an error thrown on the other side. */
async function cross(thrown: unknown): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  const fail = (): number => {
    throw thrown;
  };
  expose(fail, port1 as Endpoint);
  const call = wrap<typeof fail>(port2 as Endpoint);
  try {
    return await call().catch((error: unknown) => error);
  } finally {
    call[releaseProxy]();
    port1.close();
  }
}

describe("registerErrorTransfer", () => {
  it("keeps code, message and causes", async () => {
    const cause = new TypeError("network", { cause: new Error("cut") });
    const error = await cross(new ScorerError("download-failed", "reward.json: no answer", { cause }));
    expect(error).toBeInstanceOf(ScorerError);
    expect(error).toMatchObject({
      code: "download-failed",
      message: "reward.json: no answer",
      cause: { name: "TypeError", message: "network", cause: { message: "cut" } },
    });
  });

  it("keeps an abort an abort", async () => {
    const error = await cross(new DOMException("cancelled", "AbortError"));
    expect(error).toBeInstanceOf(DOMException);
    expect(error).toMatchObject({ name: "AbortError" });
  });

  it.each([TypeError, RangeError])("keeps a caller's mistake what it is", async (Kind) => {
    expect(await cross(new Kind("pair 0"))).toBeInstanceOf(Kind);
  });

  it("makes an error of whatever else is thrown", async () => {
    expect(await cross("a text")).toMatchObject({ name: "Error", message: "a text" });
  });
});
