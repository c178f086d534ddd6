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

const read = (path: string) => readFileSync(join(import.meta.dirname, "..", path), "utf8");

const text = read(".github/workflows/pages.yml");
const workflow: { permissions: Record<string, string>; jobs: Record<string, Job> } = parse(text);
const { build, publish } = workflow.jobs as { build: Job; publish: Job };
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

/** A tag can be moved to other code, a commit cannot. */
const AT_A_COMMIT = /^actions\/[\w-]+@[0-9a-f]{40}$/;

describe("pages.yml", () => {
  it("runs no code of others but at a commit", () => {
    const uses = steps.flatMap(({ uses }) => uses ?? []);
    expect(uses.length).toBeGreaterThan(0);
    for (const action of uses) expect(action).toMatch(AT_A_COMMIT);
  });

  it("publishes what passed the tests, and may write nothing else", () => {
    const commands = build.steps.flatMap(({ run }) => run ?? []);
    expect([commands[0], commands.at(-1)]).toEqual(["npm test", "npm run build"]);
    expect(packageJson.scripts).toMatchObject({ test: expect.anything(), build: expect.anything() });
    expect(build.steps.at(-1)!.with).toEqual({ path: "dist" });
    expect(publish.needs).toBe("build");
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(build.permissions).toBeUndefined();
    expect(publish.permissions).toEqual({ pages: "write", "id-token": "write" });
  });

  it("may have the steps of docs/hosting.md, which convert a model for the page", () => {
    const [, block] = /```yaml\n(.*?)```/s.exec(read("docs/hosting.md"))!;
    const [cache, convert]: Step[] = parse(block!);
    expect(cache!.uses).toMatch(AT_A_COMMIT);
    expect(convert!.run).toMatch(
      /^npx reward-scorer convert \S+ --dtype q8,w8 --out public\/models\/RewardModel$/,
    );
  });
});
