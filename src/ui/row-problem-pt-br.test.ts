import { describe, expect, it } from "vitest";
import type { RowProblem } from "./row-problem";
import { rowProblemPortuguese } from "./row-problem-pt-br";

const line = { unit: "line", number: 41 } as const;
const ROW = "linha 41: era esperado um objeto com prompt e response, ambos textos;";

const PROBLEMS: [RowProblem, string][] = [
  [{ place: line, fault: { kind: "notUtf8" } }, `${ROW} há bytes que não são UTF-8`],
  [{ place: line, fault: { kind: "notJson", text: 'a "b"' } }, `${ROW} o texto não é JSON: "a \\"b\\""`],
  [{ place: line, fault: { kind: "notObject", text: "12" } }, `${ROW} foi encontrado 12`],
  [
    {
      place: { unit: "item", number: 2 },
      fault: { kind: "notTexts", prompt: "undefined", response: "array" },
    },
    "item 2: era esperado um objeto com prompt e response, ambos textos; foi encontrado nenhum prompt e response do tipo lista",
  ],
  [
    { place: line, fault: { kind: "json", fault: { kind: "deep", most: 64 } } },
    `${ROW} no JSON, há mais de 64 níveis`,
  ],
  [
    { place: { unit: "file" }, fault: { kind: "jsonList", fault: { kind: "keyTwice", key: "response" } } },
    'arquivo: eram esperadas linhas; no JSON, "response" aparece duas vezes',
  ],
  [
    { place: line, fault: { kind: "noHeader", columns: ["prompt", "response"] } },
    "linha 41: era esperado um cabeçalho com prompt e response; não há",
  ],
  [
    { place: line, fault: { kind: "columnTwice", column: "response" } },
    "linha 41: era esperado um cabeçalho com response uma só vez; aparece duas",
  ],
  [
    { place: line, fault: { kind: "quotationMark", upToLine: 50 } },
    "linha 41: eram esperadas células; há uma aspa fora do lugar, que faz do texto até a linha 50 uma só célula",
  ],
  [
    { place: line, fault: { kind: "cells", expected: 2, found: 1 } },
    "linha 41: eram esperadas 2 células, como no cabeçalho; há 1",
  ],
  [
    { place: line, fault: { kind: "notResult", field: "reward", value: '"0,244"' } },
    'linha 41: era esperado um resultado completo; há reward "0,244"',
  ],
  [
    { place: line, fault: { kind: "notResult", field: "dtype", value: undefined } },
    "linha 41: era esperado um resultado completo; falta dtype",
  ],
];

describe("rowProblemPortuguese", () => {
  it.each(PROBLEMS)("says %j", (problem, words) => {
    expect(rowProblemPortuguese(problem)).toBe(words);
  });
});
