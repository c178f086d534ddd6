import type { EncoderLayer, Linear } from "./bert";

/**
 * Attention's output layer with the values' bias in its own. A query's attention weights add up to 1, so every
 * context would have that bias once: W · (context + v) + b = W · context + (W · v + b).
 */
export function foldValueBias({ value, attentionOutput }: EncoderLayer): Linear {
  const { weight, bias } = attentionOutput;
  const read = async () => addProduct(await weight.read(), await value.bias.read(), await bias.read());
  return { weight, bias: { ...bias, name: `${bias.name}+value`, read } };
}

/** weight · x + bias, summed in double precision. */
function addProduct(weight: Float32Array, x: Float32Array, bias: Float32Array): Float32Array {
  return bias.map((start, row) =>
    x.reduce((sum, value, column) => sum + weight[row * x.length + column]! * value, start),
  );
}
