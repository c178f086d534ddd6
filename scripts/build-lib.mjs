// npm run build:lib: the library as an npm package in lib/, ready to be published or put on any static host.
import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { ROOT, run } from "./run.mjs";

const LIB = join(ROOT, "lib");
const CONFIG = join(ROOT, "vite.lib.config.ts");

rmSync(LIB, { recursive: true, force: true });
for (const mode of ["module", "classic"]) await build({ configFile: CONFIG, mode, logLevel: "warn" });
const failed = await run(process.execPath, [
  join(ROOT, "node_modules/typescript/bin/tsc"),
  ...["-p", join(ROOT, "src/ui/tsconfig.lib.json")],
]);
if (failed) process.exit(failed);
addExtensions();
escapeClassic();

cpSync(join(ROOT, "public/models/demo"), join(LIB, "models/demo"), { recursive: true });
for (const file of ["LICENSE"]) cpSync(join(ROOT, file), join(LIB, file));
cpSync(join(ROOT, "docs/embedding/README.md"), join(LIB, "README.md"));
writeJson("integrity.json", integrity());
writeJson("package.json", packageJson());

/** A classic script is read in its page's encoding, whatever that is. */
function escapeClassic() {
  const path = join(LIB, "reward-scorer.classic.js");
  const escaped = (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
  writeFileSync(path, readFileSync(path, "utf8").replace(/[^\0-\x7f]/g, escaped));
}

/** Node's resolution wants them; TypeScript writes what the sources have. */
function addExtensions() {
  for (const name of readdirSync(LIB, { recursive: true }).filter((name) => name.endsWith(".d.ts"))) {
    const path = join(LIB, name);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace(/(from |import\()"(\.[^"]*)"/g, '$1"$2.js"'));
  }
}

/** What `<script integrity>` takes, for each script. */
function integrity() {
  const scripts = readdirSync(LIB).filter((name) => name.endsWith(".js"));
  return Object.fromEntries(
    scripts.sort().map((name) => {
      const hash = createHash("sha384").update(readFileSync(join(LIB, name)));
      return [name, `sha384-${hash.digest("base64")}`];
    }),
  );
}

function packageJson() {
  const { name, version, description, license } = JSON.parse(
    readFileSync(join(ROOT, "package.json"), "utf8"),
  );
  const door = (file) => ({ types: `./types/ui/${file}.d.ts`, default: `./${file}.js` });
  return {
    name,
    version,
    description,
    license,
    type: "module",
    sideEffects: ["./library-element.js", "./reward-scorer.classic.js"],
    exports: {
      ".": door("library"),
      "./element": door("library-element"),
      "./integrity.json": "./integrity.json",
      "./package.json": "./package.json",
    },
    files: readdirSync(LIB).filter(
      (name) => name !== "package.json" || statSync(join(LIB, name)).isDirectory(),
    ),
  };
}

function writeJson(name, value) {
  writeFileSync(join(LIB, name), `${JSON.stringify(value, undefined, 2)}\n`);
}
