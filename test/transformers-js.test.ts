import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AutoModelForSequenceClassification, AutoTokenizer, env } from "@huggingface/transformers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { StagedFolder } from "../src/cli/staged-folder";
import { convertCheckpoint } from "../src/convert/convert";
import { TOLERANCE } from "../src/shared/tolerance";
import { errorOf, openFixture, readFixturePairs } from "./fixture";

const folder = mkdtempSync(join(tmpdir(), "transformers-js-"));
afterAll(() => rmSync(folder, { recursive: true }));

env.allowRemoteModels = false;
env.localModelPath = folder;

/** The int8 artifact is left out: natively it saturates on some CPUs, whoever runs it. */
describe.each(["bert-reward", "bert-seqcls"])("the model folder of %s in transformers.js", (name) => {
  beforeAll(async () => {
    const staged = await StagedFolder.create(join(folder, name));
    await convertCheckpoint(
      await openFixture(name),
      { name, repository: name, dtypes: ["fp32", "fp16"] },
      staged,
    );
    staged.commit();
  });

  it.each(["fp32", "fp16"] as const)("gives the reference rewards: %s", async (dtype) => {
    const tokenizer = await AutoTokenizer.from_pretrained(name);
    const model = await AutoModelForSequenceClassification.from_pretrained(name, { dtype, device: "cpu" });
    // It truncates otherwise than the reference, and takes an empty second text for none.
    const pairs = readFixturePairs(name).filter((pair) => pair.untruncated_tokens <= 512 && pair.response);
    const rewards: number[] = [];
    for (const { prompt, response, ids } of pairs) {
      const inputs = await tokenizer(prompt, { text_pair: response, return_token_type_ids: false });
      expect(Array.from(inputs.input_ids.data as BigInt64Array, Number), prompt).toEqual(ids);
      const { logits } = await model(inputs);
      expect(logits.dims).toEqual([1, 1]);
      rewards.push(logits.data[0]);
    }
    expect(errorOf(pairs, rewards).worst).toBeLessThanOrEqual(TOLERANCE[dtype].worst);
  });
});
