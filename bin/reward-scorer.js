#!/usr/bin/env node
// Nothing is built: tsx loads the TypeScript sources as they are.
import { register } from "tsx/esm/api";

register({ tsconfig: false });
const { main } = await import("../src/cli/main.ts");
process.exitCode = await main(process.argv.slice(2));
