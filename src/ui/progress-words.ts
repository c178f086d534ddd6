import type { LoadProgress } from "../shared/contract";
import type { ElementLocale } from "./element-locale";

/** The stage of a load in words, with its bytes or counts. */
export function progressWords(
  progress: LoadProgress | undefined,
  { strings, formats }: ElementLocale,
): string {
  switch (progress?.stage) {
    case undefined:
      return strings.starting;
    case "runtime":
    case "model": {
      const runtime = progress.stage === "runtime";
      const loaded = formats.megabytes(progress.loadedBytes);
      const total = formats.megabytes(progress.totalBytes);
      return runtime ? strings.stageRuntime(loaded, total) : strings.stageModel(loaded, total);
    }
    case "session":
      return strings.stageSession(strings.backends[progress.executionProvider]);
    case "check":
      return strings.stageCheck(formats.count(progress.checkedPairs), formats.count(progress.totalPairs));
  }
}

/** How much of the stage is done, in [0, 1]; undefined when that is not known. */
export function progressFraction(progress: LoadProgress | undefined): number | undefined {
  switch (progress?.stage) {
    case "runtime":
    case "model":
      return progress.totalBytes ? progress.loadedBytes / progress.totalBytes : undefined;
    case "check":
      return progress.totalPairs ? progress.checkedPairs / progress.totalPairs : undefined;
    default:
      return undefined;
  }
}
