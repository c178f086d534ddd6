import { describe, expect, it } from "vitest";
import { parseUrlParameters } from "./url-parameters";

describe("parseUrlParameters", () => {
  it("has a default for everything", () => {
    expect(parseUrlParameters("")).toEqual({
      parameters: { model: undefined, device: "auto", alpha: undefined, lang: undefined },
      problems: [],
    });
  });

  it("reads every parameter", () => {
    const { parameters, problems } = parseUrlParameters("?model=demo&device=wasm&alpha=0.5&lang=pt-BR");
    expect(parameters).toEqual({ model: "demo", device: "wasm", alpha: 0.5, lang: "pt-BR" });
    expect(problems).toEqual([]);
  });

  it.each(["pt-br", "pt", "PT-PT"])("takes %s for Portuguese", (lang) => {
    const { parameters, problems } = parseUrlParameters(`?lang=${lang}`);
    expect(parameters.lang).toBe("pt-BR");
    expect(problems).toEqual([]);
  });

  it("reports what it cannot use, and uses the default", () => {
    expect(parseUrlParameters("?alpha=").problems).toEqual([{ parameter: "alpha", value: "" }]);
    const { parameters, problems } = parseUrlParameters("?device=gpu&alpha=99&lang=xx");
    expect(parameters).toEqual({ model: undefined, device: "auto", alpha: undefined, lang: undefined });
    expect(problems).toEqual([
      { parameter: "device", value: "gpu" },
      { parameter: "alpha", value: "99" },
      { parameter: "lang", value: "xx" },
    ]);
  });
});
