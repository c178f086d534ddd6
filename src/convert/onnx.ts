import { ProtobufWriter } from "./protobuf";

/** Element types by the numbers of onnx.proto's TensorProto.DataType. */
export const OnnxType = { float: 1, uint8: 2, int8: 3, int64: 7, float16: 10 } as const;
export type OnnxType = (typeof OnnxType)[keyof typeof OnnxType];

/** Bytes per element. */
export const ONNX_TYPE_BYTES: Record<OnnxType, number> = { 1: 4, 2: 1, 3: 1, 7: 8, 10: 2 };

/** Where an initializer's bytes lie in a file beside the graph. */
export interface ExternalData {
  location: string;
  offset: number;
  length: number;
}

export interface Initializer {
  name: string;
  type: OnnxType;
  dims: readonly number[];
  /** Little-endian, row-major; or where to find that. */
  data: Uint8Array | ExternalData;
}

export type Attribute = { int: number } | { float: number } | { ints: readonly number[] };

export interface Node {
  op: string;
  /** "" for ONNX's own operators. */
  domain: string;
  /** "" skips an optional input. */
  inputs: readonly string[];
  outputs: readonly string[];
  attributes: Readonly<Record<string, Attribute>>;
}

/** Name, element type and shape of a graph input or output; a string names a free dimension. */
export interface ValueInfo {
  name: string;
  type: OnnxType;
  dims: readonly (number | string)[];
}

export interface OnnxModel {
  name: string;
  nodes: readonly Node[];
  initializers: readonly Initializer[];
  inputs: readonly ValueInfo[];
  outputs: readonly ValueInfo[];
  /** Operator set version by domain. */
  opsets: Readonly<Record<string, number>>;
}

/** Goes with operator sets 17 to 20. */
const IR_VERSION = 8;

/**
 * The bytes of a `.onnx` file.
 *
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto — the field numbers
 */
export function encodeOnnx(model: OnnxModel): Uint8Array<ArrayBuffer> {
  const writer = new ProtobufWriter().integer(1, IR_VERSION).string(2, "reward-scorer");
  writer.message(7, (graph) => {
    model.nodes.forEach((node, index) => {
      graph.message(1, (to) => writeNode(to, node, `${node.op}_${index}`));
    });
    graph.string(2, model.name);
    for (const initializer of model.initializers) graph.message(5, (to) => writeTensor(to, initializer));
    for (const input of model.inputs) graph.message(11, (to) => writeValueInfo(to, input));
    for (const output of model.outputs) graph.message(12, (to) => writeValueInfo(to, output));
  });
  for (const [domain, version] of Object.entries(model.opsets)) {
    writer.message(8, (opset) => opset.string(1, domain).integer(2, version));
  }
  return writer.finish();
}

function writeNode(to: ProtobufWriter, node: Node, name: string): void {
  for (const input of node.inputs) to.string(1, input);
  for (const output of node.outputs) to.string(2, output);
  to.string(3, name).string(4, node.op);
  for (const [key, value] of Object.entries(node.attributes)) {
    to.message(5, (attribute) => writeAttribute(attribute.string(1, key), value));
  }
  to.string(7, node.domain);
}

function writeAttribute(to: ProtobufWriter, value: Attribute): void {
  if ("float" in value) to.float(2, value.float).integer(20, 1);
  else if ("int" in value) to.integer(3, value.int).integer(20, 2);
  else to.packed(8, value.ints).integer(20, 7);
}

function writeTensor(to: ProtobufWriter, { name, type, dims, data }: Initializer): void {
  to.packed(1, dims).integer(2, type).string(8, name);
  if (data instanceof Uint8Array) {
    to.bytes(9, data);
    return;
  }
  for (const [key, value] of Object.entries(data)) {
    to.message(13, (entry) => entry.string(1, key).string(2, String(value)));
  }
  to.integer(14, EXTERNAL);
}

function writeValueInfo(to: ProtobufWriter, { name, type, dims }: ValueInfo): void {
  to.string(1, name).message(2, (typeProto) =>
    typeProto.message(1, (tensor) =>
      tensor.integer(1, type).message(2, (shape) => {
        for (const dim of dims) {
          shape.message(1, (to) => (typeof dim === "number" ? to.integer(1, dim) : to.string(2, dim)));
        }
      }),
    ),
  );
}

/** TensorProto.DataLocation. */
const EXTERNAL = 1;
