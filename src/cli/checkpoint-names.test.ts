import { expect, it } from "vitest";
import { checkpointNames } from "./checkpoint-names";

it("takes every file that names tokens, and weights once", () => {
  const small = [
    "added_tokens.json",
    "config.json",
    "special_tokens_map.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "vocab.txt",
  ];
  const names = [...small, "model.safetensors", "pytorch_model.bin", "README.md", "trainer_state.json"];
  expect(checkpointNames(names)).toEqual([...small, "model.safetensors"]);
});
