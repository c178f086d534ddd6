import { describe, expect, it } from "vitest";
import { languageOf } from "./language";
import { localeOf } from "./locale";
import { english } from "./strings";
import { portuguese } from "./strings-pt-br";

describe("languageOf", () => {
  it.each([
    ["en", "en"],
    ["en-GB", "en"],
    ["pt-BR", "pt-BR"],
    ["PT", "pt-BR"],
    ["pt-pt", "pt-BR"],
    ["fr", undefined],
    ["ptx", undefined],
    ["", undefined],
  ])("reads %j as %s", (tag, lang) => {
    expect(languageOf(tag)).toBe(lang);
  });
});

describe("localeOf", () => {
  it("gives every language its own words and numbers", () => {
    expect(localeOf("en").strings).toBe(english);
    expect(localeOf("pt-BR").strings).toBe(portuguese);
    expect(localeOf("pt-BR").formats.score(3.183)).toBe("+3,18");
  });
});

describe("portuguese", () => {
  it.each([
    [portuguese.tokens(0, "0"), "0 token"],
    [portuguese.tokens(1, "1"), "1 token"],
    [portuguese.tokens(2, "2"), "2 tokens"],
    [portuguese.unread(1, "1"), "o último token não foi lido"],
    [portuguese.unread(1212, "1.212"), "os últimos 1.212 tokens não foram lidos"],
    [portuguese.opened(0, "0", "a.csv"), "Nenhuma resposta encontrada em a.csv."],
    [portuguese.opened(1, "1", "a.csv"), "Aberta 1 resposta de a.csv."],
    [portuguese.opened(2, "2", "a.csv"), "Abertas 2 respostas de a.csv."],
    [portuguese.leftOut(1, "1", "outro prompt"), "outro prompt: 1 linha não é exibida"],
    [portuguese.leftOut(2, "2", "outro prompt"), "outro prompt: 2 linhas não são exibidas"],
    [
      portuguese.leftOut(1, "1", portuguese.leftOutWhy.unreadable),
      "também por erro de leitura: 1 linha não é exibida",
    ],
    [portuguese.reproduced(1, "1"), "A recompensa do arquivo é a mesma obtida aqui."],
    [portuguese.reproduced(3, "3"), "As 3 recompensas do arquivo são as mesmas obtidas aqui."],
    [
      portuguese.stored(1, "1", "2,4 MB"),
      "Este navegador guarda 1 arquivo, 2,4 MB, para que a próxima visita não precise baixá-lo.",
    ],
    [
      portuguese.stored(4, "4", "16,8 MB"),
      "Este navegador guarda 4 arquivos, 16,8 MB, para que a próxima visita não precise baixá-los.",
    ],
  ])("counts: %s", (words, expected) => {
    expect(words).toBe(expected);
  });

  it("has a word of its own for every English one but names and symbols", () => {
    const same = leaves(english).filter(([path, text]) => text === new Map(leaves(portuguese)).get(path));
    expect(same.map(([path]) => path).sort()).toEqual(SAME);
  });
});

/** What is written alike in both languages. */
const SAME = [
  "adapter",
  "appName",
  "backends.wasm",
  "backends.webgpu",
  "checkedFacts.backend",
  "facts.sha256",
  "otherSpeed",
  "prompt",
  "threads",
  "tokens",
];

/** Every text of a table with its path; functions are called for several things, named by their places. */
function leaves(value: unknown, path: readonly string[] = []): [string, string][] {
  if (typeof value === "string") return [[path.join("."), value]];
  if (typeof value === "function") return [[path.join("."), String(value(...COUNTED))]];
  return Object.entries(value as object).flatMap(([key, entry]) => leaves(entry, [...path, key]));
}

const COUNTED = [2, "{1}", "{2}", "{3}"];
