import { defaultResponses } from "./default-responses";
import { fieldsFormat } from "./fields-format";

/** JSON with prompt and response, or two responses. */
export const jsonPairs = fieldsFormat(
  "JSON Lines or a JSON list with prompt and response",
  "json",
  defaultResponses,
);

/** CSV or TSV with prompt and response, or two responses. */
export const csvPairs = fieldsFormat(
  "CSV or TSV with the columns prompt and response",
  "csv",
  defaultResponses,
);
