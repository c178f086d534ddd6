#!/usr/bin/env node
// Nothing is built: tsx loads the TypeScript sources as they are.
const { register } = await import("tsx/esm/api").catch(expectInstalled);

register({ tsconfig: false });
const { main } = await import("../src/cli/main.ts");
process.exitCode = await main(process.argv.slice(2));

function expectInstalled(error) {
  if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
  console.error(
    "reward-scorer: expected the packages that it needs, found none: run npm ci in its folder first",
  );
  process.exit(1);
}
