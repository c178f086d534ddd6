/** Bytes of a pickle, put together by hand: text, numbers and opcodes in the order they stand. */
export function pickle(...parts: (string | number | Uint8Array | number[])[]): Uint8Array<ArrayBuffer> {
  const bytes = parts.flatMap((part) => {
    if (typeof part === "number") return [part];
    return typeof part === "string" ? [...new TextEncoder().encode(part)] : [...part];
  });
  return Uint8Array.from([0x80, 2, ...bytes]);
}

/** BINUNICODE. */
export function unicode(text: string): number[] {
  const bytes = [...new TextEncoder().encode(text)];
  return [0x58, ...new Uint8Array(Uint32Array.of(bytes.length).buffer), ...bytes];
}

/** BININT. */
export function int(value: number): number[] {
  return [0x4a, ...new Uint8Array(Int32Array.of(value).buffer)];
}

/** Values between MARK and TUPLE. */
export function tuple(...values: (number[] | Uint8Array)[]): number[] {
  return [0x28, ...values.flatMap((value) => [...value]), 0x74];
}

/** GLOBAL. */
export function global(module: string, name: string): number[] {
  return [...new TextEncoder().encode(`c${module}\n${name}\n`)];
}

export interface PickledTensor {
  key?: string;
  storage?: string;
  valueCount: number;
  offset?: number;
  shape: number[];
  strides: number[];
}

/** What `torch.save` writes for a tensor. */
export function tensor({
  key = "0",
  storage = "FloatStorage",
  valueCount,
  offset = 0,
  shape,
  strides,
}: PickledTensor) {
  const id = tuple(
    unicode("storage"),
    global("torch", storage),
    unicode(key),
    unicode("cpu"),
    int(valueCount),
  );
  const hooks = [...global("collections", "OrderedDict"), 0x29, 0x52];
  const args = tuple(
    [...id, 0x51],
    int(offset),
    tuple(...shape.map(int)),
    tuple(...strides.map(int)),
    [0x89],
    hooks,
  );
  return [...global("torch._utils", "_rebuild_tensor_v2"), ...args, 0x52];
}

/** A state dict, as an OrderedDict with its `_metadata`. */
export function stateDict(entries: Record<string, number[]>): Uint8Array<ArrayBuffer> {
  const items = Object.entries(entries).flatMap(([name, value]) => [...unicode(name), ...value]);
  const state = [0x7d, ...unicode("_metadata"), ...global("collections", "OrderedDict"), 0x29, 0x52, 0x73];
  return pickle(global("collections", "OrderedDict"), [0x29, 0x52, 0x28], items, [0x75], state, "b.");
}
