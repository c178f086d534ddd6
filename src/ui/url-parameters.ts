import type { Device } from "../shared/contract";
import { parseAlpha } from "./alpha-scale";
import { DEVICES } from "./devices";
import { type Language, languageOf } from "./language";

/** What the page's address asks for. */
export interface UrlParameters {
  /** As written: a name, or the address of a folder. */
  model: string | undefined;
  device: Device;
  alpha: number | undefined;
  lang: Language | undefined;
}

/** A parameter whose value could not be used; the default stands in. */
export interface UrlProblem {
  parameter: "device" | "alpha" | "lang";
  value: string;
}

/** @param search a query string, with or without the question mark */
export function parseUrlParameters(search: string): { parameters: UrlParameters; problems: UrlProblem[] } {
  const query = new URLSearchParams(search);
  const problems: UrlProblem[] = [];
  const read = <T>(parameter: UrlProblem["parameter"], parse: (value: string) => T | undefined) => {
    const value = query.get(parameter);
    const parsed = value === null ? undefined : parse(value);
    if (value !== null && parsed === undefined) problems.push({ parameter, value });
    return parsed;
  };
  const parameters: UrlParameters = {
    model: query.get("model") ?? undefined,
    device: read("device", (value) => DEVICES.find((device) => device === value)) ?? "auto",
    alpha: read("alpha", parseAlpha),
    lang: read("lang", languageOf),
  };
  return { parameters, problems };
}
