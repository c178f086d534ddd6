import { AutoModelForSequenceClassification, AutoTokenizer, env } from "@huggingface/transformers";
import { expose } from "comlink";
import mjs from "../../node_modules/@huggingface/transformers/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.asyncify.mjs?url";
import wasm from "../../node_modules/@huggingface/transformers/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.asyncify.wasm?url";
import { registerErrorTransfer } from "../../src/shared/error-transfer";
import type { Peer } from "./peer";

type Tokenizer = Awaited<ReturnType<typeof AutoTokenizer.from_pretrained>>;
type Model = Awaited<ReturnType<typeof AutoModelForSequenceClassification.from_pretrained>>;

let tokenizer: Tokenizer;
let model: Model;

const peer: Peer = {
  async load({ model: url, device, dtype, threads }) {
    const { pathname } = new URL(url);
    env.allowRemoteModels = false;
    env.allowLocalModels = true;
    env.localModelPath = "/models/";
    const absolute = (path: string) => new URL(path, location.href).href;
    Object.assign(env.backends.onnx.wasm!, {
      numThreads: threads,
      wasmPaths: { mjs: absolute(mjs), wasm: absolute(wasm) },
    });
    const name = pathname.replace("/models/", ""); // an id: a longer path is asked for beside the worker
    [tokenizer, model] = await Promise.all([
      AutoTokenizer.from_pretrained(name),
      AutoModelForSequenceClassification.from_pretrained(name, { device, dtype }),
    ]);
    return { threads: env.backends.onnx.wasm!.numThreads!, dtype };
  },
  async score(pairs, batch) {
    const rewards: number[] = [];
    for (let at = 0; at < pairs.length; at += batch) {
      const some = pairs.slice(at, at + batch);
      const inputs = tokenizer(
        some.map(({ prompt }) => prompt),
        { text_pair: some.map(({ response }) => response), padding: true, truncation: true },
      );
      const { logits } = await model(inputs);
      rewards.push(...logits.data);
    }
    return rewards;
  },
  async release() {
    await model.dispose();
  },
};

// A page with both engines has one way to read errors.
registerErrorTransfer();
expose(peer);
