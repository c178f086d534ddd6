import { expect, it, onTestFinished, vi } from "vitest";
import { downloadProgress } from "./download-progress";

it("leaves the cursor of a terminal as it is, for whoever ends the process", () => {
  const written: unknown[] = [];
  const write = vi.spyOn(process.stderr, "write").mockImplementation((text) => Boolean(written.push(text)));
  const { isTTY } = process.stderr;
  process.stderr.isTTY = true;
  onTestFinished(() => {
    write.mockRestore();
    process.stderr.isTTY = isTTY;
  });
  const progress = downloadProgress();
  progress.start("model.safetensors", 100);
  progress.stop();
  expect(written.join("")).toContain("model.safetensors");
  expect(written.join("")).not.toContain("\x1b[?25");
});
