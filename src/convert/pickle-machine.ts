import { ScorerError } from "../shared/errors";
import { ByteCursor } from "./byte-cursor";

/** Marks that may be open at a time; a state dict needs four. */
const MAX_DEPTH = 64;
/** Values that may be pushed in all; a tensor needs about 30, the largest BERTs have 400 tensors. */
const MAX_VALUES = 100_000;
/** Longest text, in bytes: names of tensors and modules. A text is kept once and may be used many times. */
const MAX_TEXT_BYTES = 1000;
/** Most arguments of a call or parts of a persistent id; PyTorch's have seven at most. */
const MAX_ARGUMENTS = 16;
/** Longest integer read, in bytes. */
const MAX_INTEGER_BYTES = 8;
const PROTOCOL = 2;

/** What a pickle may name. A Python tuple or list arrives as an array, a dict as a `Map`. */
export interface PickleVocabulary {
  /** The allow-list, by `module.name`: what calling it makes. */
  globals: ReadonlyMap<string, (args: readonly unknown[]) => unknown>;
  /** What a persistent id stands for. */
  persistent: (id: unknown) => unknown;
}

/** A name of the allow-list, standing in the data. */
export interface PickleGlobal {
  global: string;
}

/**
 * The stack, the marks and the memo of a pickle, and what an opcode may do with them.
 *
 * @throws ScorerError `malformed-pickle` — from every method, where the pickle is cut off or not sound
 */
export class PickleMachine {
  readonly cursor: ByteCursor;
  readonly memo = new Map<number, unknown>();
  readonly #name: string;
  readonly #vocabulary: PickleVocabulary;
  readonly #outer: unknown[][] = [];
  #stack: unknown[] = [];
  #pushed = 0;

  constructor(bytes: Uint8Array, name: string, vocabulary: PickleVocabulary) {
    this.cursor = new ByteCursor(bytes, (offset) => this.malformed(`is cut off at ${offset}`));
    this.#name = name;
    this.#vocabulary = vocabulary;
  }

  push(value: unknown): void {
    if (++this.#pushed > MAX_VALUES) throw this.malformed(`has more than ${MAX_VALUES} values`);
    this.#stack.push(value);
  }

  pop(): unknown {
    if (this.#stack.length === 0) throw this.#underflow();
    return this.#stack.pop();
  }

  top(): unknown {
    if (this.#stack.length === 0) throw this.#underflow();
    return this.#stack.at(-1);
  }

  mark(): void {
    if (this.#outer.length === MAX_DEPTH) throw this.malformed(`nests deeper than ${MAX_DEPTH}`);
    this.#outer.push(this.#stack);
    this.#stack = [];
  }

  popToMark(): unknown[] {
    const values = this.#stack;
    const outer = this.#outer.pop();
    if (!outer) throw this.malformed(`takes a mark that was never set at ${this.cursor.offset}`);
    this.#stack = outer;
    return values;
  }

  /** The last `count` values, first pushed first. */
  popTuple(count: number): unknown[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  setItems(items: readonly unknown[]): void {
    const dict = this.top();
    if (!(dict instanceof Map) || items.length % 2) throw this.malformed("sets items on what is not a dict");
    for (let i = 0; i < items.length; i += 2) {
      if (dict.has(items[i])) throw this.malformed(`sets the item ${String(items[i])} twice`);
      dict.set(items[i], items[i + 1]);
    }
  }

  append(items: readonly unknown[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw this.malformed("appends to what is not a list");
    for (const item of items) list.push(item);
  }

  recall(index: number): void {
    if (!this.memo.has(index)) throw this.malformed(`recalls memo ${index}, which was never kept`);
    this.push(this.memo.get(index));
  }

  integer(length: number): number {
    if (length > MAX_INTEGER_BYTES) throw this.malformed(`has an integer of ${length} bytes`);
    const value = Number(this.cursor.signed(length));
    if (!Number.isSafeInteger(value)) throw this.malformed(`has an integer beyond 2^53: ${value}`);
    return value;
  }

  text(bytes: Uint8Array): string {
    if (bytes.length > MAX_TEXT_BYTES) throw this.malformed(`has a text of ${bytes.length} bytes`);
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch (cause) {
      throw this.malformed(`has text that is not UTF-8 at ${this.cursor.offset}`, { cause });
    }
  }

  global(): PickleGlobal {
    const module = this.text(this.cursor.line());
    const global = `${module}.${this.text(this.cursor.line())}`;
    if (!this.#vocabulary.globals.has(global)) {
      throw this.malformed(`wants ${global}, which a state dict never needs`);
    }
    return { global };
  }

  call(): unknown {
    const args = this.pop();
    const callee = this.pop();
    const make = isGlobal(callee) ? this.#vocabulary.globals.get(callee.global) : undefined;
    if (!make || !Array.isArray(args)) throw this.malformed("calls what is not a function");
    return make(this.#few(args));
  }

  /** State, here, is an OrderedDict's attributes: module versions, of no use to weights. */
  dropState(): void {
    this.pop();
    if (!(this.top() instanceof Map)) throw this.malformed("sets the state of what is not a dict");
  }

  persistent(): unknown {
    const id = this.pop();
    return this.#vocabulary.persistent(Array.isArray(id) ? this.#few(id) : id);
  }

  /** One long list, kept in the memo, may be the arguments of every call: each would read it anew. */
  #few(args: readonly unknown[]): readonly unknown[] {
    if (args.length > MAX_ARGUMENTS) throw this.malformed(`has a call with ${args.length} arguments`);
    return args;
  }

  checkProtocol(): void {
    const protocol = this.cursor.uint8();
    if (protocol !== PROTOCOL) throw this.malformed(`expected protocol ${PROTOCOL}, found ${protocol}`);
  }

  #underflow(): ScorerError {
    return this.malformed(`takes a value off an empty stack at ${this.cursor.offset}`);
  }

  malformed(detail: string, options?: ErrorOptions): ScorerError {
    return new ScorerError("malformed-pickle", `${this.#name}: pickle ${detail}`, options);
  }
}

function isGlobal(value: unknown): value is PickleGlobal {
  return typeof value === "object" && value !== null && "global" in value;
}
