import { configJson } from "./config-json";
import { indexJson } from "./index-json";
import { pytorchBin } from "./pytorch-bin";
import type { Reader } from "./reader";
import { rewardJson } from "./reward-json";
import { safetensors } from "./safetensors";
import { tokenizerJson } from "./tokenizer-json";

/** By the names of the files that they read. */
export const READERS: Record<string, Reader> = {
  "model.safetensors": safetensors,
  "pytorch_model.bin": pytorchBin,
  "tokenizer.json": tokenizerJson,
  "config.json": configJson,
  "reward.json": rewardJson,
  "index.json": indexJson,
};
