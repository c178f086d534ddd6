/** What `JSON.parse` lets pass and we do not; each language has words for it. */
export type JsonFault = { kind: "keyTwice"; key: string } | { kind: "deep"; most: number };

/** To be read after "JSON in which", or after what the JSON is. */
export function jsonFaultWords(fault: JsonFault): string {
  switch (fault.kind) {
    case "keyTwice":
      return `"${fault.key}" is listed twice`;
    case "deep":
      return `nests deeper than ${fault.most}`;
  }
}
