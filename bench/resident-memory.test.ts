import { spawnSync } from "node:child_process";
import type { CDPSession } from "@playwright/test";
import { describe, expect, it } from "vitest";
import { residentBytes } from "./resident-memory";

describe("residentBytes", () => {
  it("counts nothing of a process that ended before it was read", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    const session = { send: async () => ({ processInfo: [{ type: "renderer", id: pid, cpuTime: 0 }] }) };
    expect(await residentBytes(session as unknown as CDPSession, ["renderer"])).toBe(0);
  });
});
