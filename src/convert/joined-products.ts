import type { Product } from "./bert";
import type { Tensor } from "./checkpoint";
import type { GraphBuilder, Value } from "./graph-builder";

/** Fewer than this many, and taking the results apart costs as much as it saves. */
const LEAST_JOINED = 3;

/** Linear layers over the same input, run as one whose rows follow each other. One value per layer. */
export function runJoined(
  graph: GraphBuilder,
  layers: readonly Product[],
  run: (layer: Product) => Value,
): Value[] {
  if (layers.length < LEAST_JOINED) return layers.map(run);
  const weight = join(layers.map(({ weight }) => weight));
  const bias = join(layers.map(({ weight, bias }) => bias ?? zeros(weight.shape[0]!)));
  const widths = layers.map(({ weight }) => weight.shape[0]!);
  return graph.split(run({ weight, bias }), widths);
}

function join(tensors: readonly Tensor[]): Tensor {
  const [first] = tensors as [Tensor];
  return {
    ...first,
    name: tensors.map(({ name }) => name).join("+"),
    shape: [tensors.reduce((sum, { shape }) => sum + shape[0]!, 0), ...first.shape.slice(1)],
    async read() {
      const parts = [];
      for (const tensor of tensors) parts.push(await tensor.read());
      const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const part of parts) {
        joined.set(part, at);
        at += part.length;
      }
      return joined;
    },
  };
}

function zeros(length: number): Tensor {
  return { name: "0", shape: [length], dtype: "F32", read: async () => new Float32Array(length) };
}
