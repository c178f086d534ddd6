import { describe, expect, it } from "vitest";
import { global, int, pickle, tuple, unicode } from "../../test/pickle-bytes";
import { readPickle } from "./pickle";

const read = (bytes: Uint8Array) =>
  readPickle(bytes, "m.bin", {
    globals: new Map([
      ["ours.sum", (args: readonly unknown[]) => args.reduce((a, b) => Number(a) + Number(b), 0)],
    ]),
    persistent: (id) => ({ id }),
  });

describe("readPickle", () => {
  it.each<[string, Uint8Array, unknown]>([
    ["None, True and False", pickle("N", 0x88, 0x89, 0x87, "."), [null, true, false]],
    ["integers of every length", pickle("K", 200, "M", [0x39, 0x30], int(-5), 0x87, "."), [200, 12345, -5]],
    [
      "long integers",
      pickle(0x8a, 0, 0x8a, 2, [0x00, 0x80], 0x8a, 5, [0, 0, 0, 0, 1], 0x87, "."),
      [0, -32768, 2 ** 32],
    ],
    ["a float", pickle("G", [0x3f, 0xf8, 0, 0, 0, 0, 0, 0], "."), 1.5],
    ["text", pickle(unicode("ação"), "."), "ação"],
    ["tuples of up to two", pickle("K", 1, 0x85, "K", 2, 0x86, "."), [[1], 2]],
    ["a list", pickle("](K", 1, "K", 2, "eK", 3, "a."), [1, 2, 3]],
    [
      "a dict",
      pickle("}(K", 1, "K", 2, "uK", 3, "K", 4, "s."),
      new Map([
        [1, 2],
        [3, 4],
      ]),
    ],
    [
      "what it kept",
      pickle("K", 7, "q", 0, "r", [1, 0, 0, 0], "h", 0, "j", [1, 0, 0, 0], 0x87, "."),
      [7, 7, 7],
    ],
    ["a call of the allow-list", pickle(global("ours", "sum"), tuple(int(1), int(2)), "R."), 3],
    ["a persistent id", pickle(unicode("x"), "Q."), { id: "x" }],
    ["a dict's state, and drops it", pickle("}}b."), new Map()],
  ])("reads %s", (_, bytes, value) => {
    expect(read(bytes)).toEqual(value);
  });

  it.each<[string, Uint8Array, string]>([
    [
      "os.system",
      pickle(global("os", "system"), tuple(unicode("echo")), "R."),
      "wants os.system, which a state dict never needs",
    ],
    [
      "a builtin",
      pickle(global("builtins", "eval"), "."),
      "wants builtins.eval, which a state dict never needs",
    ],
    [
      "a name every object has",
      pickle(global("__proto__", "x"), "."),
      "wants __proto__.x, which a state dict never needs",
    ],
    ["an unknown opcode", pickle("N", 0xff, "."), "expected an opcode of a state dict, found 0xff at 3"],
    [
      "an opcode that makes instances",
      pickle("(ios\nsystem\n."),
      "expected an opcode of a state dict, found 0x69 at 3",
    ],
    ["another protocol", Uint8Array.of(0x80, 4, 0x2e), "expected protocol 2, found 4"],
    ["nothing", new Uint8Array(), "is cut off at 0"],
    ["an end without STOP", pickle("N"), "is cut off at 3"],
    ["text that is cut off", pickle("X", [0xff, 0xff, 0xff, 0x7f], "abc"), "is cut off at 7"],
    ["a global that is cut off", pickle("cos\nsyst"), "is cut off at 10"],
    ["an empty stack", pickle("."), "takes a value off an empty stack at 3"],
    ["a value from under a mark", pickle("N(", 0x85, "."), "takes a value off an empty stack at 5"],
    ["a mark that was never set", pickle("t."), "takes a mark that was never set at 3"],
    ["marks without end", pickle("(".repeat(100)), "nests deeper than 64"],
    ["values without end", pickle("}".repeat(100_001)), "has more than 100000 values"],
    ["a text of a kilobyte", pickle(unicode("a".repeat(1001)), "."), "has a text of 1001 bytes"],
    ["an item set twice", pickle("}(K", 1, "NK", 1, "Nu."), "sets the item 1 twice"],
    [
      "a call with many arguments",
      pickle(global("ours", "sum"), "(", "N".repeat(17), "tR."),
      "has a call with 17 arguments",
    ],
    ["a persistent id of many parts", pickle("(", "N".repeat(17), "tQ."), "has a call with 17 arguments"],
    ["a memo never kept", pickle("h", 9, "."), "recalls memo 9, which was never kept"],
    ["an integer too long", pickle(0x8a, 200, new Uint8Array(200), "."), "has an integer of 200 bytes"],
    [
      "an integer beyond 2^53",
      pickle(0x8a, 8, new Uint8Array(8).fill(0x7f), "."),
      "has an integer beyond 2^53: 9187201950435738000",
    ],
    ["text that is not UTF-8", pickle("X", [1, 0, 0, 0, 0xff], "."), "has text that is not UTF-8 at 8"],
    ["items of a list", pickle("](NNu."), "sets items on what is not a dict"],
    ["a key without a value", pickle("}(Nu."), "sets items on what is not a dict"],
    ["appending to a dict", pickle("}Na."), "appends to what is not a list"],
    ["a call of text", pickle(unicode("os.system"), ")R."), "calls what is not a function"],
    ["state of a list", pickle("]}b."), "sets the state of what is not a dict"],
  ])("throws for %s", (_, bytes, message) => {
    expect(() => read(bytes)).toThrowError(
      expect.objectContaining({ code: "malformed-pickle", message: `m.bin: pickle ${message}` }),
    );
  });
});
