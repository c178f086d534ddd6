// npm run build:lib: the library as an npm package in lib/, ready to be published or put on any static host.
import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { ROOT, run } from "./run.mjs";

const ENTRIES = JSON.parse(readFileSync(join(ROOT, "library-entries.json"), "utf8"));
const LIB = join(ROOT, "lib");
const CONFIG = join(ROOT, "vite.lib.config.ts");

rmSync(LIB, { recursive: true, force: true });
const scripts = ENTRIES.filter(({ classic }) => classic).map(({ name }) => name);
for (const mode of ["modules", ...scripts]) await build({ configFile: CONFIG, mode, logLevel: "warn" });
const failed = await run(process.execPath, [
  join(ROOT, "node_modules/typescript/bin/tsc"),
  ...["-p", join(ROOT, "tsconfig.lib.json")],
]);
if (failed) process.exit(failed);
addExtensions();
for (const name of scripts) escapeClassic(`${name}.classic.js`);

cpSync(join(ROOT, "public/models/demo"), join(LIB, "models/demo"), { recursive: true });
cpSync(join(ROOT, "LICENSE"), join(LIB, "LICENSE"));
writeFileSync(
  join(LIB, "README.md"),
  withoutPages(readFileSync(join(ROOT, "docs/embedding/README.md"), "utf8")),
);
writeJson("integrity.json", integrity());
writeJson("package.json", packageJson());

/** The repository's pages are not in the package: links to them go, with the parentheses or the paragraph around. */
function withoutPages(markdown) {
  const link = String.raw`\[[^\]]*\]\((?!https?:)[^)]*\)`;
  const paragraphs = markdown.replace(new RegExp(String.raw`\s\(${link}\)`, "g"), "").split("\n\n");
  return paragraphs.filter((paragraph) => !new RegExp(link).test(paragraph)).join("\n\n");
}

/** A classic script is read in its page's encoding, whatever that is. */
function escapeClassic(name) {
  const path = join(LIB, name);
  const escaped = (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
  writeFileSync(path, readFileSync(path, "utf8").replace(/[^\0-\x7f]/g, escaped));
}

/** Node's resolution wants them; TypeScript writes what the sources have. */
function addExtensions() {
  for (const name of readdirSync(LIB, { recursive: true }).filter((name) => name.endsWith(".d.ts"))) {
    const path = join(LIB, name);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace(/(from |import |import\()"(\.[^"]*)"/g, '$1"$2.js"'));
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
  const { name, version, description, license, dependencies } = JSON.parse(
    readFileSync(join(ROOT, "package.json"), "utf8"),
  );
  const subpath = ({ name, source }) => [
    name === "index" ? "." : `./${name}`,
    { types: source.replace(/^src\/(.*)\.ts$/, "./types/$1.d.ts"), default: `./${name}.js` },
  ];
  return {
    name,
    version,
    description,
    license,
    type: "module",
    sideEffects: ["./element.js", "./chunk-element.js", "./*.classic.js"], // the chunk defines the element
    exports: {
      ...Object.fromEntries(ENTRIES.map(subpath)),
      "./integrity.json": "./integrity.json",
      "./package.json": "./package.json",
    },
    files: readdirSync(LIB).filter((name) => name !== "package.json"),
    // The types name theirs.
    dependencies: { lit: dependencies.lit, valibot: dependencies.valibot },
  };
}

function writeJson(name, value) {
  writeFileSync(join(LIB, name), `${JSON.stringify(value, undefined, 2)}\n`);
}
