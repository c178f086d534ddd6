import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["**/*.test.ts"],
    // Many convert, score or start processes: a machine that does other things too takes its time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    exclude: [...configDefaults.exclude, ".cache/**", "lib/**", "e2e/**"],
  },
});
