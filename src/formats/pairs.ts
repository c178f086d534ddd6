import { fieldsFormat } from "./fields-format";

const responses = () => ["response"];

/** JSON with prompt and response. */
export const jsonPairs = fieldsFormat(
  "JSON Lines or a JSON list with prompt and response",
  "json",
  responses,
);

/** CSV or TSV with prompt and response. */
export const csvPairs = fieldsFormat("CSV or TSV with the columns prompt and response", "csv", responses);
