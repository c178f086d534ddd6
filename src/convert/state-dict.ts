import * as v from "valibot";
import { ScorerError } from "../shared/errors";
import { checkFields } from "./check-fields";
import { readPickle } from "./pickle";
import type { PickleGlobal } from "./pickle-machine";
import { count } from "./schemas";

/** Where a tensor's values are: a run of a storage. */
export interface StoredTensor {
  shape: readonly number[];
  storage: Storage;
  /** In values, not bytes. */
  offset: number;
}

export interface Storage {
  /** Names the file of its bytes. */
  key: string;
  /** In safetensors' spelling. */
  dtype: string;
  valueCount: number;
}

/** PyTorch's name of a storage to safetensors' name of its dtype. */
const STORAGE_DTYPES = new Map([
  ["torch.FloatStorage", "F32"],
  ["torch.HalfStorage", "F16"],
  ["torch.BFloat16Storage", "BF16"],
  ["torch.DoubleStorage", "F64"],
  ["torch.LongStorage", "I64"],
  ["torch.IntStorage", "I32"],
  ["torch.ShortStorage", "I16"],
  ["torch.CharStorage", "I8"],
  ["torch.ByteStorage", "U8"],
  ["torch.BoolStorage", "BOOL"],
]);

/** Most axes of a tensor, as in PyTorch's own kernels. */
const MAX_AXES = 64;

/** The length is looked at first: one long list, kept in the memo, may be the shape of every tensor. */
const counts = v.pipe(
  v.custom<unknown[]>(
    (value) => Array.isArray(value) && value.length <= MAX_AXES,
    `a list of at most ${MAX_AXES}`,
  ),
  v.array(count),
);
const storageSchema = v.object({ key: v.string(), dtype: v.string(), valueCount: count });
const tensorSchema = v.object({ shape: counts, storage: storageSchema, offset: count });
const stateDictSchema = v.map(v.string(), tensorSchema);

/** `('storage', class, key, device, number of values)` */
const storageId = v.looseTuple([
  v.literal("storage"),
  v.object({ global: v.string() }) satisfies v.GenericSchema<unknown, PickleGlobal>,
  v.string(),
  v.string(),
  count,
]);

/** `(storage, offset, shape, strides, requires_grad, hooks)` */
const tensorArguments = v.looseTuple([storageSchema, count, counts, counts]);

/** `(tensor, requires_grad, hooks)` */
const parameterArguments = v.looseTuple([tensorSchema]);

/**
 * Reads the `data.pkl` of a PyTorch state dict: where each tensor's values are. Storages are not touched.
 *
 * @param name the file's name, for messages
 * @throws ScorerError `malformed-pickle` — not a dict of tensors, a global no state dict needs, or a
 * tensor that is not contiguous
 */
export function readStateDict(bytes: Uint8Array, name: string): ReadonlyMap<string, StoredTensor> {
  const check = <T>(what: string, schema: v.GenericSchema<unknown, T>, data: unknown) =>
    checkFields(`${name}: ${what}`, schema, data, "malformed-pickle");
  const makeTensor = (args: readonly unknown[]): StoredTensor => {
    const [storage, offset, shape, strides] = check("tensor", tensorArguments, args);
    checkContiguous(name, shape, strides);
    return { shape, storage, offset };
  };
  const notCalled = () => check("storage class", v.never(), "a call");
  const dict = readPickle(bytes, name, {
    globals: new Map<string, (args: readonly unknown[]) => unknown>([
      ["collections.OrderedDict", () => new Map()],
      ["torch._utils._rebuild_tensor_v2", makeTensor],
      ["torch._utils._rebuild_parameter", (args) => check("parameter", parameterArguments, args)[0]],
      ...[...STORAGE_DTYPES.keys()].map((storage) => [storage, notCalled] as const),
    ]),
    persistent: (id) => {
      const [, { global }, key, , valueCount] = check("persistent id", storageId, id);
      const dtype = check(`storage ${key}: class ${global}`, v.string(), STORAGE_DTYPES.get(global));
      return { key, dtype, valueCount } satisfies Storage;
    },
  });
  return check("state dict", stateDictSchema, dict);
}

/** Row-major strides. The stride of an axis with one position says nothing, nor do any if there are no values. */
function checkContiguous(name: string, shape: readonly number[], strides: readonly number[]): void {
  const expected: number[] = [];
  let stride = 1;
  for (const size of shape.toReversed()) {
    expected.unshift(stride);
    stride *= size;
  }
  const sound = expected.every((step, axis) => shape[axis] === 1 || strides[axis] === step);
  if (strides.length === shape.length && (sound || stride === 0)) return;
  throw new ScorerError(
    "malformed-pickle",
    `${name}: tensor of shape [${shape.join(", ")}]: expected strides [${expected.join(", ")}], found [${strides.join(", ")}]`,
  );
}
