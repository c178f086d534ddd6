import { PickleMachine, type PickleVocabulary } from "./pickle-machine";

/**
 * Reads a protocol 2 pickle as data. Nothing is executed: of what a pickle can call, only the functions
 * of the vocabulary exist, and they are ours.
 *
 * @param name the file's name, for messages
 * @throws ScorerError `malformed-pickle` — cut off, an opcode no state dict needs, or a global outside
 * the allow-list
 * @see https://github.com/python/cpython/blob/3.12/Lib/pickletools.py
 */
export function readPickle(bytes: Uint8Array, name: string, vocabulary: PickleVocabulary): unknown {
  const machine = new PickleMachine(bytes, name, vocabulary);
  for (;;) {
    const offset = machine.cursor.offset;
    const opcode = machine.cursor.uint8();
    if (opcode === STOP) return machine.pop();
    const run = opcodes.get(opcode);
    if (!run)
      throw machine.malformed(`expected an opcode of a state dict, found ${hex(opcode)} at ${offset}`);
    run(machine);
  }
}

const STOP = 0x2e;

const opcodes = new Map<number, (m: PickleMachine) => void>([
  [0x80, (m) => m.checkProtocol()],
  [0x28, (m) => m.mark()],
  [0x4e, (m) => m.push(null)],
  [0x88, (m) => m.push(true)],
  [0x89, (m) => m.push(false)],
  [0x4a, (m) => m.push(m.cursor.int32())],
  [0x4b, (m) => m.push(m.cursor.uint8())],
  [0x4d, (m) => m.push(m.cursor.uint16())],
  [0x8a, (m) => m.push(m.integer(m.cursor.uint8()))],
  [0x47, (m) => m.push(m.cursor.float64BigEndian())],
  [0x58, (m) => m.push(m.text(m.cursor.bytes(m.cursor.uint32())))],
  [0x7d, (m) => m.push(new Map())],
  [0x5d, (m) => m.push([])],
  [0x29, (m) => m.push([])],
  [0x74, (m) => m.push(m.popToMark())],
  [0x85, (m) => m.push(m.popTuple(1))],
  [0x86, (m) => m.push(m.popTuple(2))],
  [0x87, (m) => m.push(m.popTuple(3))],
  [0x61, (m) => m.append([m.pop()])],
  [0x65, (m) => m.append(m.popToMark())],
  [0x73, (m) => m.setItems(m.popTuple(2))],
  [0x75, (m) => m.setItems(m.popToMark())],
  [0x71, (m) => m.memo.set(m.cursor.uint8(), m.top())],
  [0x72, (m) => m.memo.set(m.cursor.uint32(), m.top())],
  [0x68, (m) => m.recall(m.cursor.uint8())],
  [0x6a, (m) => m.recall(m.cursor.uint32())],
  [0x63, (m) => m.push(m.global())],
  [0x52, (m) => m.push(m.call())],
  [0x62, (m) => m.dropState()],
  [0x51, (m) => m.push(m.persistent())],
]);

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`;
}
