import type { Both } from "./measure";
import type { Row } from "./results";

/** What we want: at most such a share of theirs, or ours under a number. */
export type Aim = { ratio: number } | { under: number };

type Show = (value: number) => string;

/** A row of both engines. */
export function bothRow(what: string, { ours, theirs }: Both<number>, show: Show, aim?: Aim): Row {
  const ratio = ours / theirs;
  const cells = { what, ours: show(ours), theirs: show(theirs), ratio: ratio.toFixed(2) };
  return { ...cells, aim: aimCell(ours, ratio, aim) };
}

/** A row of ours alone. */
export function ownRow(what: string, ours: number, show: Show, aim?: Aim): Row {
  return { what, ours: show(ours), theirs: "", ratio: "", aim: aimCell(ours, Number.NaN, aim) };
}

function aimCell(ours: number, ratio: number, aim: Aim | undefined): string {
  if (!aim) return "";
  const met = "ratio" in aim ? ratio <= aim.ratio : ours < aim.under;
  const wanted = "ratio" in aim ? `ratio ${aim.ratio.toFixed(2)} or less` : `under ${aim.under}`;
  return `${wanted}: ${met ? "met" : "missed"}`;
}
