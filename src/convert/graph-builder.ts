import { type Attribute, type Initializer, type Node, ONNX_TYPE_BYTES, OnnxType } from "./onnx";
import type { Shards } from "./shards";

/** The name of a value in the graph. */
export type Value = string;

/** Collects nodes and initializers under fresh names. */
export class GraphBuilder {
  readonly nodes: Node[] = [];
  readonly initializers: Initializer[] = [];
  readonly #names = new Set<string>();
  #values = 0;

  constructor(private readonly shards: Shards) {}

  /** An operator of ONNX's own. */
  node(op: string, inputs: readonly Value[], attributes: Record<string, Attribute> = {}): Value {
    return this.#add(op, "", inputs, attributes);
  }

  /** One of ONNX Runtime's own operators. */
  microsoft(op: string, inputs: readonly Value[], attributes: Record<string, Attribute> = {}): Value {
    return this.#add(op, "com.microsoft", inputs, attributes);
  }

  /** Columns of [rows, widths summed], apart again. */
  split(x: Value, widths: readonly number[]): Value[] {
    const outputs = widths.map(() => this.#nextValue());
    const inputs = [x, this.int64(`widths.${widths.join()}`, widths)];
    this.nodes.push({ op: "Split", domain: "", inputs, outputs, attributes: { axis: { int: -1 } } });
    return outputs;
  }

  /** A small constant, kept in the graph. The same name twice is the same constant. */
  constant(name: string, type: OnnxType, dims: readonly number[], data: ArrayBufferView): Value {
    if (this.#names.has(name)) return name;
    this.#names.add(name);
    this.initializers.push({ name, type, dims, data: bytesOf(data) });
    return name;
  }

  int64(name: string, values: readonly number[]): Value {
    return this.constant(name, OnnxType.int64, [values.length], BigInt64Array.from(values.map(BigInt)));
  }

  float(name: string, value: number): Value {
    return this.constant(name, OnnxType.float, [], Float32Array.of(value));
  }

  /**
   * A weight, read when it is written. Two graphs over the same shards name it alike.
   *
   * @param read gives `dims` values of `type`
   */
  weight(name: string, type: OnnxType, dims: readonly number[], read: () => Promise<ArrayBufferView>): Value {
    if (this.#names.has(name)) return name;
    this.#names.add(name);
    const byteLength = dims.reduce((product, dim) => product * dim, 1) * ONNX_TYPE_BYTES[type];
    const data = this.shards.place(name, { byteLength, read: async () => bytesOf(await read()) });
    this.initializers.push({ name, type, dims, data });
    return name;
  }

  #add(op: string, domain: string, inputs: readonly Value[], attributes: Record<string, Attribute>): Value {
    const output = this.#nextValue();
    this.nodes.push({ op, domain, inputs, outputs: [output], attributes });
    return output;
  }

  #nextValue(): Value {
    return `v${this.#values++}`;
  }
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
