import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import packageJson from "../package.json" with { type: "json" };

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

interface Job {
  needs?: string;
  permissions?: Record<string, string>;
  steps: Step[];
}

const text = readFileSync(join(import.meta.dirname, "../.github/workflows/pages.yml"), "utf8");
const workflow: { permissions: Record<string, string>; jobs: Record<string, Job> } = parse(text);
const { build, publish } = workflow.jobs as { build: Job; publish: Job };
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

describe("pages.yml", () => {
  it("runs no code of others but at a commit", () => {
    const uses = steps.flatMap(({ uses }) => uses ?? []);
    expect(uses.length).toBeGreaterThan(0);
    for (const action of uses) expect(action).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
  });

  it("publishes what passed the tests, and may write nothing else", () => {
    const commands = build.steps.flatMap(({ run }) => run ?? []);
    expect(commands).toEqual(["npm test", "npm run build"]);
    expect(packageJson.scripts).toMatchObject({ test: expect.anything(), build: expect.anything() });
    expect(build.steps.at(-1)!.with).toEqual({ path: "dist" });
    expect(publish.needs).toBe("build");
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(build.permissions).toBeUndefined();
    expect(publish.permissions).toEqual({ pages: "write", "id-token": "write" });
  });
});
