import { fieldsFormat } from "./fields-format";

/** JSON with prompt and response, or two responses. */
export const jsonPairs = fieldsFormat("json");

/** CSV or TSV with prompt and response, or two responses. */
export const csvPairs = fieldsFormat("csv");
