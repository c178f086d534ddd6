import type { TypeName } from "../shared/found";
import type { JsonFault } from "../shared/json-fault";
import type { Place, RowProblem } from "./row-problem";

const ROW = "era esperado um objeto com prompt e response, ambos textos";

const TYPES: Partial<Record<TypeName, string>> = {
  boolean: "booleano",
  number: "número",
  string: "texto",
  array: "lista",
  object: "objeto",
};

export function rowProblemPortuguese({ place, fault }: RowProblem): string {
  return `${placeWords(place)}: ${faultWords(fault)}`;
}

function placeWords(place: Place): string {
  if (place.unit === "file") return "arquivo";
  return `${place.unit === "line" ? "linha" : "item"} ${place.number}`;
}

function faultWords(fault: RowProblem["fault"]): string {
  switch (fault.kind) {
    case "notUtf8":
      return `${ROW}; há bytes que não são UTF-8`;
    case "notJson":
      return `${ROW}; o texto não é JSON: ${JSON.stringify(fault.text)}`;
    case "notObject":
      return `${ROW}; foi encontrado ${fault.text}`;
    case "notTexts":
      return `${ROW}; foi encontrado ${typeWords("prompt", fault.prompt)} e ${typeWords("response", fault.response)}`;
    case "json":
      return `${ROW}; no JSON, ${jsonWords(fault.fault)}`;
    case "jsonList":
      return `eram esperadas linhas; no JSON, ${jsonWords(fault.fault)}`;
    case "noHeader":
      return `era esperado um cabeçalho com ${fault.columns.join(" e ")}; não há`;
    case "columnTwice":
      return `era esperado um cabeçalho com ${fault.column} uma só vez; aparece duas`;
    case "quotationMark": {
      const extent = fault.upToLine ? `, que faz do texto até a linha ${fault.upToLine} uma só célula` : "";
      return `eram esperadas células; há uma aspa fora do lugar${extent}`;
    }
    case "cells":
      return `eram esperadas ${fault.expected} células, como no cabeçalho; há ${fault.found}`;
    case "notResult": {
      const found = fault.value === undefined ? `falta ${fault.field}` : `há ${fault.field} ${fault.value}`;
      return `era esperado um resultado completo; ${found}`;
    }
  }
}

function typeWords(field: string, type: TypeName): string {
  return type === "undefined" ? `nenhum ${field}` : `${field} do tipo ${TYPES[type] ?? type}`;
}

function jsonWords(fault: JsonFault): string {
  switch (fault.kind) {
    case "keyTwice":
      return `"${fault.key}" aparece duas vezes`;
    case "deep":
      return `há mais de ${fault.most} níveis`;
  }
}
