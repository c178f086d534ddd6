import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { CONFIG, EditorHost, type Result, type Task } from "./label-studio-page";
import { BRUSH_OFF, PARIS, task } from "./label-studio-panel";

const ROOT = join(import.meta.dirname, "..");

const WITH_NOTE = CONFIG.replace(/<\/View>\s*$/, `<TextArea name="note" toName="prompt" /></View>`);

let host: EditorHost;

test.beforeAll(async () => {
  host = await EditorHost.start();
});

test.afterAll(() => host[Symbol.dispose]());

/** Tasks as `reward-scorer score` writes them, for all controls of the config. */
function scoreTasks(
  folder: string,
  tasks: readonly Task[],
): (Task & { predictions: [{ result: Result[] }] })[] {
  const [config, input, output] = ["config.xml", "tasks.json", "scored.json"].map((name) =>
    join(folder, name),
  );
  writeFileSync(config!, WITH_NOTE);
  writeFileSync(input!, JSON.stringify(tasks));
  execFileSync(process.execPath, [
    join(ROOT, "bin/reward-scorer.js"),
    ...["score", "--model", join(ROOT, "public/models/demo"), "--format", "label-studio"],
    ...["--config", config!, "--question", "best=A,B", "--question", "note"],
    ...["--input", input!, "--output", output!],
  ]);
  return JSON.parse(readFileSync(output!, "utf8"));
}

test("shows the predictions that the command writes, and exports them unchanged", async ({ page }, info) => {
  mkdirSync(info.outputDir, { recursive: true });
  const [scored] = scoreTasks(info.outputDir, [
    task(PARIS, BRUSH_OFF),
    task("Rome.", "Berlin.", { id: 2 }),
    task("Paris.", "It is Paris.", { id: 3 }),
  ]);
  const [{ result }] = scored!.predictions;
  expect(result.map(({ type }) => type).sort()).toEqual([
    "choices",
    "pairwise",
    "rating",
    "rating",
    "textarea",
  ]);
  await host.open(page, scored!, WITH_NOTE);
  const exported = await page.evaluate(() => {
    const { annotationStore } = window.Htx;
    const [prediction] = annotationStore.predictions;
    annotationStore.selectPrediction(prediction!.id);
    return prediction!.serializeAnnotation();
  });
  const bare = (results: readonly Result[]) =>
    results
      .map(({ id, from_name, to_name, type, value }) => ({ id, from_name, to_name, type, value }))
      .toSorted((a, b) => a.from_name.localeCompare(b.from_name));
  expect(bare(exported)).toEqual(bare(result));
  const value = (name: string) =>
    result.find(({ from_name }) => from_name === name)!.value as Record<string, unknown>;
  for (const [at, name] of ["rating_a", "rating_b"].entries()) {
    await expect(page.locator(".ant-rate").nth(at).locator(".ant-rate-star-full")).toHaveCount(
      value(name).rating as number,
    );
  }
  await expect(page.getByRole("checkbox", { name: (value("best").choices as string[])[0]! })).toBeChecked();
  const preferred = value("better").selected === "left" ? PARIS : BRUSH_OFF;
  await expect(page.locator(".lsf-richtext[style*=background]")).toContainText(preferred);
  await expect(page.getByText((value("note").text as string[])[0]!)).toBeVisible();
});

test("drops a Pairwise result that names what it compares, which ours does not", async ({ page }) => {
  const compared = {
    id: "r1",
    from_name: "better",
    to_name: "a,b",
    type: "pairwise",
    value: { selected: "left" },
  };
  const own = { ...compared, to_name: "better" };
  const predictions = [compared, own].map((result, at) => ({
    id: at + 1,
    model_version: "any",
    result: [result],
  }));
  await host.open(page, task(PARIS, BRUSH_OFF, { predictions }));
  const exported = await page.evaluate(() =>
    window.Htx.annotationStore.predictions.map((prediction) => prediction.serializeAnnotation()),
  );
  expect(exported.flat().map(({ to_name }) => to_name)).toEqual(["better"]);
});
