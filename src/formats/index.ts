export type { FormatOptions, PlacedPair, PlacedRow, Question } from "./format";
export { FORMATS, type FormatName } from "./formats";
export { type Judge, judgeOf, versionOf } from "./judge";
export { openFile, type RowProblem, type ScorableFile } from "./open-file";
