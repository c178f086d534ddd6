import { expect, test } from "@playwright/test";

const PAGE = "/e2e/pages/kernels.html";

/** How ONNX Runtime tells, when asked to be verbose, where nodes run. */
const PLACED_ON = /Node\(s\) placed on \[(\w+)ExecutionProvider\]/;
const PLACED_NODE = /VerifyEachNodeIsAssignedToAnEp\] +(\w+) \(\w+\)/;

/** The sizes of the batch, the shapes made of them, and the mask as a bias: all from inputs, which are there. */
const ON_CPU = ["Shape", "Gather", "Gather", "Sub", "Mul", "Cast", "Concat", "Concat"];

/** The embeddings' 3, 1 for the mask, 10 for each of three layers but the last, 13 for that, 3 to 5 for the head. */
const MOST_DISPATCHES = 42;

for (const { model, dtype } of [
  { model: "demo", dtype: "w8" },
  { model: "bert-seqcls", dtype: "fp32" },
] as const) {
  test(`leaves the CPU nothing but shapes and the mask: ${model}, ${dtype}`, async ({ page, baseURL }) => {
    const nodes = new Map<string, string[]>();
    let provider = "";
    page.on("console", (message) => {
      provider = PLACED_ON.exec(message.text())?.[1] ?? provider;
      const [, op] = PLACED_NODE.exec(message.text()) ?? [];
      if (op) nodes.set(provider, [...(nodes.get(provider) ?? []), op]);
    });
    await page.goto(PAGE);
    const dispatches = await page.evaluate(
      ([folder, dtype]) => window.kernels.countDispatches(folder, dtype),
      [`${baseURL}/models/${model}/`, dtype] as const,
    );
    expect([...nodes.keys()].toSorted()).toEqual(["CPU", "WebGpu"]);
    expect(nodes.get("CPU")).toEqual(ON_CPU);
    expect(nodes.get("WebGpu")).toContain("MultiHeadAttention");
    expect([...nodes.values()].flat()).not.toContain("MemcpyToHost");
    if (model === "demo") expect(dispatches).toBeLessThanOrEqual(MOST_DISPATCHES);
  });
}
