import { expect, it, onTestFinished, vi } from "vitest";
import { downloadProgress } from "./download-progress";
import { scoringProgress } from "./scoring-progress";

it.each<[string, () => { stop(): void }, string]>([
  [
    "a download",
    () => {
      const progress = downloadProgress();
      progress.start("model.safetensors", 100);
      return progress;
    },
    "model.safetensors",
  ],
  ["a scoring", () => scoringProgress(100), "0 of 100 pairs"],
])(
  "the bar of %s leaves the cursor of a terminal as it is, for whoever ends the process",
  (_, start, shown) => {
    const written: unknown[] = [];
    const write = vi.spyOn(process.stderr, "write").mockImplementation((text) => Boolean(written.push(text)));
    const { isTTY } = process.stderr;
    process.stderr.isTTY = true;
    onTestFinished(() => {
      write.mockRestore();
      process.stderr.isTTY = isTTY;
    });
    start().stop();
    expect(written.join("")).toContain(shown);
    expect(written.join("")).not.toContain("\x1b[?25");
  },
);
