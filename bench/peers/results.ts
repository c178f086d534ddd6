import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { markdownTable } from "../markdown-table";

const ROOT = join(import.meta.dirname, "../../.cache/peers/results");

/** One line of the table; numbers as they are shown. */
export interface Row {
  what: string;
  ours: string;
  theirs: string;
  ratio: string;
  /** What we want, and whether it is so. */
  aim: string;
}

/** What one part of the bench found. */
export interface Part {
  rows: Row[];
  /** In sentences. */
  notes: string[];
}

interface Stored extends Part {
  /** Day and machine. */
  where: string;
}

/** The parts measured so far of one size of model, each in its latest run. */
export class Results {
  readonly #path: string;
  readonly #order: readonly string[];
  readonly #parts: Record<string, Stored>;

  /** @param order of the parts in the table */
  constructor(model: string, order: readonly string[]) {
    this.#path = join(ROOT, `${model}.json`);
    this.#order = order;
    this.#parts = existsSync(this.#path) ? JSON.parse(readFileSync(this.#path, "utf8")) : {};
  }

  save(name: string, part: Part, where: string): void {
    this.#parts[name] = { ...part, where };
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(this.#path, JSON.stringify(this.#parts, undefined, 2));
  }

  get rows(): Row[] {
    return this.#stored.flatMap(({ rows }) => rows);
  }

  get notes(): string[] {
    return this.#stored.flatMap(({ notes }) => notes);
  }

  /** Every day and machine that a part was measured on. */
  get places(): string[] {
    return [...new Set(this.#stored.map(({ where }) => where))];
  }

  get #stored(): Stored[] {
    return this.#order.flatMap((name) => this.#parts[name] ?? []);
  }
}

/** All rows, as a table in Markdown. */
export function wholeTable(rows: readonly Row[]): string {
  const cells = rows.map(({ what, ours, theirs, ratio, aim }) => [what, ours, theirs, ratio, aim]);
  return markdownTable([["what", "ours", "theirs", "ours / theirs", "aim"], ...cells]);
}
