import { parseArgs } from "node:util";
import type { KernelShape, Setup } from "../e2e/pages/kernels";
import { formatTable } from "../src/cli/table";
import { type AttentionShape, attentionCase } from "../test/attention-case";
import { kernelError } from "../test/kernel-case";
import { writeSection } from "./document";
import { markdownTable } from "./markdown-table";
import { openSite, type Site } from "./site";

/**
 * Hold ONNX Runtime's MultiHeadAttention on WebGPU, over Chromium's software GPU, against its definition: in
 * the browser and in Node, with subgroups and without, and with its shaders changed. Errors are shares of the
 * largest number expected. Node's provider needs the system's Vulkan loader (Debian: libvulkan1) and the driver
 * that SWIFTSHADER_ICD names.
 *
 * usage: npm run attention -- [--write]
 */
const { values: options } = parseArgs({ options: { write: { type: "boolean", default: false } } });

const SWIFTSHADER = process.env.SWIFTSHADER_ICD ?? "/usr/lib/chromium/vk_swiftshader_icd.json";

const BASE: AttentionShape = {
  op: "MultiHeadAttention",
  batch: 1,
  heads: 2,
  headSize: 64,
  queries: 64,
  keys: 64,
  bias: "none",
};

/** One thing at a time. */
const SHAPES: AttentionShape[] = [
  ...[1, 16, 31, 32, 33, 64, 65, 128, 512].map((queries) => ({ ...BASE, queries })),
  ...[4, 5, 8, 9, 16, 17, 48, 512].map((keys) => ({ ...BASE, keys })),
  ...[4, 6, 8, 12, 32, 128].map((headSize) => ({ ...BASE, headSize })),
  ...[1, 12].map((heads) => ({ ...BASE, heads })),
  ...[2, 5].map((batch) => ({ ...BASE, batch })),
  ...[1, 31, 64].map((queries) => ({ ...BASE, batch: 2, queries, bias: "mask" as const })),
  ...[1, 31, 64].map((queries) => ({ ...BASE, batch: 2, queries, bias: "full" as const })),
];

const SUBGROUPS: Setup = { bundle: "jspi", subgroups: true };

const BACKENDS: { name: string; setup: Setup | "node" }[] = [
  { name: "jspi, subgroups", setup: SUBGROUPS },
  { name: "asyncify, subgroups", setup: { bundle: "asyncify", subgroups: true } },
  { name: "Node, subgroups", setup: "node" },
  { name: "jspi, none", setup: { bundle: "jspi", subgroups: false } },
  { name: "asyncify, none", setup: { bundle: "asyncify", subgroups: false } },
];

/** 8 keys are one round of the kernel's loop, 64 are many. */
const ROUNDS: KernelShape[] = [{ ...BASE, keys: 8 }, BASE];
const PRODUCT: KernelShape = { op: "MatMulNBits", rows: 64, columns: 128, outputs: 64, bits: 8 };

const EDITS = [
  { name: "as it is", edits: {} },
  { name: "loop variables zeroed", edits: { zeroed: true } },
  { name: "goes on by 8 keys", edits: { widened: true } },
  { name: "both", edits: { zeroed: true, widened: true } },
];

await main();

async function main(): Promise<void> {
  const site = await openSite();
  try {
    const measure = (setup: Setup, shapes: readonly KernelShape[]) => inBrowser(site, setup, shapes);
    const tables = {
      "attention-shapes": await sweep(measure),
      "attention-sizes": await sizes(measure),
      "attention-repairs": await repairs(measure),
    };
    console.log(Object.values(tables).map(formatTable).join("\n\n"));
    if (options.write) await write(site.browser.version(), tables);
  } finally {
    await site.close();
  }
}

type Measure = (setup: Setup, shapes: readonly KernelShape[]) => Promise<number[]>;

async function sweep(measure: Measure): Promise<string[][]> {
  const errors: number[][] = [];
  for (const { setup } of BACKENDS) {
    errors.push(await (setup === "node" ? inNode(SHAPES) : measure(setup, SHAPES)));
  }
  const header = [
    "batch",
    "heads",
    "head size",
    "queries",
    "keys",
    "bias",
    ...BACKENDS.map(({ name }) => name),
  ];
  const rows = SHAPES.map(({ batch, heads, headSize, queries, keys, bias }, at) => [
    ...[batch, heads, headSize, queries, keys, bias].map(String),
    ...errors.map((backend) => percent(backend[at]!)),
  ]);
  return [header, ...rows];
}

async function sizes(measure: Measure): Promise<string[][]> {
  const header = ["subgroup size, emulated", "8 keys", "64 keys", "64 keys, zeroed", "MatMulNBits"];
  const rows: string[][] = [];
  for (const subgroupSize of [4, 8, 16, 32, 64, 128]) {
    const asIs = await measure({ ...SUBGROUPS, edits: { subgroupSize } }, [...ROUNDS, PRODUCT]);
    const [zeroed] = await measure({ ...SUBGROUPS, edits: { subgroupSize, zeroed: true } }, [BASE]);
    const [one, many, product] = asIs;
    rows.push([`${subgroupSize}`, ...[one!, many!, zeroed!, product!].map(percent)]);
  }
  return [header, ...rows];
}

async function repairs(measure: Measure): Promise<string[][]> {
  const rows: string[][] = [];
  for (const { name, edits } of EDITS) {
    rows.push([name, ...(await measure({ ...SUBGROUPS, edits }, ROUNDS)).map(percent)]);
  }
  return [["shader, subgroups 4 wide", "8 keys", "64 keys"], ...rows];
}

/** A page of its own for each: ONNX Runtime keeps one device and its shaders for as long as a page lives. */
async function inBrowser(
  { browser, url }: Site,
  setup: Setup,
  shapes: readonly KernelShape[],
): Promise<number[]> {
  const page = await browser.newPage({ baseURL: url });
  await page.goto("/e2e/pages/kernels.html");
  const errors = await page.evaluate(([setup, shapes]) => window.kernels.measure(setup, shapes), [
    setup,
    shapes,
  ] as const);
  await page.close();
  return errors;
}

async function inNode(shapes: readonly AttentionShape[]): Promise<number[]> {
  Object.assign(process.env, { VK_ICD_FILENAMES: SWIFTSHADER, VK_DRIVER_FILES: SWIFTSHADER });
  const { InferenceSession, Tensor } = await import("onnxruntime-node");
  const errors: number[] = [];
  for (const shape of shapes) {
    const kernel = attentionCase(shape);
    const session = await InferenceSession.create(kernel.graph, {
      executionProviders: ["webgpu"],
      logSeverityLevel: 3,
    });
    const feeds = Object.entries(kernel.inputs).map(([name, { dims, data }]) => [
      name,
      new Tensor("float32", data, dims),
    ]);
    const { output } = await session.run(Object.fromEntries(feeds));
    errors.push(kernelError(kernel, output!.data as Float32Array));
    await session.release();
  }
  return errors;
}

/** Of the largest number expected; below what fp32 can tell it is 0. */
function percent(fraction: number): string {
  return fraction < 1e-5 ? "0" : `${Number((100 * fraction).toPrecision(2))}`;
}

async function write(chromiumVersion: string, tables: Record<string, string[][]>): Promise<void> {
  const versions = `Chromium ${chromiumVersion}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
  for (const [section, rows] of Object.entries(tables)) {
    await writeSection("upstream-multi-head-attention.md", section, `${markdownTable(rows)}\n\n${versions}`);
  }
}
