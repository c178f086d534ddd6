// npm start: install what is missing, build the page, serve it.
import { parseArgs } from "node:util";
import { install } from "./install.mjs";
import { ROOT, runNpm } from "./run.mjs";

const FIRST_PORT = "4173";
const USAGE = "usage: npm start [-- [--port <number>] [--host[=<address>]]]";

const { host, port } = readArguments(process.argv.slice(2));

const failed = (await install()) || (await runNpm(["run", "build"]));
if (failed) process.exit(failed);

const { preview } = await import("vite");
// Under any name: the files are public, so a page of another site that reads them learns nothing.
const server = await preview({
  root: ROOT,
  preview: { port, ...(host && { host, allowedHosts: true }) },
}).catch((error) => {
  console.error(`npm start: ${error.message}`);
  process.exit(1);
});
const { local = [], network = [] } = server.resolvedUrls ?? {};
console.log(`\nreward-scorer is at ${[...local, ...network].join(" and ")} (Ctrl+C stops it)`);

/** Ends the process by exit code 2 when they cannot be read. */
function readArguments(args) {
  try {
    const { values } = parseArgs({
      args: args.map((arg) => (arg === "--host" ? "--host=0.0.0.0" : arg)),
      options: { host: { type: "string" }, port: { type: "string", default: FIRST_PORT } },
    });
    return { host: values.host, port: toPort(values.port) };
  } catch (error) {
    const [found] = error.message.split(/\.\s/); // what Node advises after it does not hold behind npm
    console.error(`npm start: ${found}\n${USAGE}`);
    process.exit(2);
  }
}

function toPort(text) {
  if (!/^\d+$/.test(text) || Number(text) > 65_535)
    throw new RangeError(`--port: expected 0 to 65535, got ${text}`);
  return Number(text);
}
