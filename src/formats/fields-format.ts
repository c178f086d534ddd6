import type { Fields, Format, FormatOptions, RowFormat } from "./format";
import { readPairFields } from "./pair-fields";

/** A format of plain fields: the prompt in one, a response in each of the others, the rewards beside them. */
export function fieldsFormat(
  title: string,
  rows: Format["rows"],
  responsesOf: (row: Fields) => readonly string[],
): Format {
  return {
    title,
    rows,
    open: (options) => openFields(options, responsesOf),
  };
}

function openFields(options: FormatOptions, responsesOf: (row: Fields) => readonly string[]): RowFormat {
  const { prompt = "prompt", responses } = options;
  return {
    columns: [prompt, ...(responses ?? [])],
    read: (row) => readPairFields(row, prompt, responses ?? responsesOf(row), options),
  };
}
