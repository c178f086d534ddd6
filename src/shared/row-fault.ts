import { type TypeName, typeWords } from "./found";
import { type JsonFault, jsonFaultWords } from "./json-fault";

/** What is wrong with a row of a file; each language has words for it. Texts are as they stand, shortened. */
export type RowFault =
  | { kind: "notUtf8" }
  | { kind: "notJson"; text: string }
  | { kind: "notObject"; text: string }
  /** One of them is no string: the types of both. */
  | { kind: "notTexts"; prompt: TypeName; response: TypeName }
  | { kind: "json"; fault: JsonFault }
  /** Of a whole file that is one list. */
  | { kind: "jsonList"; fault: JsonFault }
  | { kind: "noHeader"; columns: readonly string[] }
  | { kind: "columnTwice"; column: string }
  /** @property upToLine what the quotation mark makes one cell of, where that is more than its line */
  | { kind: "quotationMark"; upToLine: number | undefined }
  | { kind: "cells"; expected: number; found: number };

const EXPECTED_ROW = "expected an object with prompt and response, both strings";

export function rowFaultWords(fault: RowFault): string {
  switch (fault.kind) {
    case "notUtf8":
      return `${EXPECTED_ROW}, found bytes that are not UTF-8`;
    case "notJson":
      return `${EXPECTED_ROW}, found text that is not JSON: ${JSON.stringify(fault.text)}`;
    case "notObject":
      return `${EXPECTED_ROW}, found ${fault.text}`;
    case "notTexts":
      return `${EXPECTED_ROW}, found ${typeWords("prompt", fault.prompt)} and ${typeWords("response", fault.response)}`;
    case "json":
      return `${EXPECTED_ROW}, found JSON in which ${jsonFaultWords(fault.fault)}`;
    case "jsonList":
      return `expected rows, found JSON in which ${jsonFaultWords(fault.fault)}`;
    case "noHeader":
      return `expected a header with ${fault.columns.join(" and ")}, found none`;
    case "columnTwice":
      return `expected a header with ${fault.column} once, found it twice`;
    case "quotationMark": {
      const extent = fault.upToLine ? `, which makes one cell of the text up to line ${fault.upToLine}` : "";
      return `expected cells, found a quotation mark out of place${extent}`;
    }
    case "cells":
      return `expected ${fault.expected} cells as in the header, found ${fault.found}`;
  }
}
