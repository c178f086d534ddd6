// npm start: install what is missing, build the page, serve it.
import { parseArgs } from "node:util";
import { install } from "./install.mjs";
import { ROOT, runNpm } from "./run.mjs";

const FIRST_PORT = 4173;

const { values } = parseArgs({
  args: process.argv.slice(2).map((arg) => (arg === "--host" ? "--host=0.0.0.0" : arg)),
  options: { host: { type: "string" }, port: { type: "string" } },
});

const failed = (await install()) || (await runNpm(["run", "build"]));
if (failed) process.exit(failed);

const { preview } = await import("vite");
const port = Number(values.port ?? FIRST_PORT);
const server = await preview({ root: ROOT, preview: { port, ...(values.host && { host: values.host }) } });
const { local = [], network = [] } = server.resolvedUrls ?? {};
console.log(`\nreward-scorer is at ${[...local, ...network].join(" and ")} (Ctrl+C stops it)`);
