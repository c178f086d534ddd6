import { defaultResponses } from "./default-responses";
import type { Format, FormatOptions, RowFormat } from "./format";
import { readPairFields } from "./pair-fields";

/** A format of plain fields: the prompt in one, a response in each of the others, the rewards beside them. */
export function fieldsFormat(rows: Format["rows"]): Format {
  return { rows, open: openFields };
}

function openFields(options: FormatOptions): RowFormat {
  const { prompt = "prompt", responses } = options;
  return {
    columns: [prompt, ...(responses ?? [])],
    read: (row) => readPairFields(row, prompt, responses ?? defaultResponses(row), options),
  };
}
