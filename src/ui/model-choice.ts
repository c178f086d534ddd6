import type { Language } from "./language";
import type { ModelIndex } from "./model-index";

/** One model the page can load. */
export interface ModelChoice {
  /** The value of the `model` parameter that leads here. */
  parameter: string;
  title: string;
  /** Titles in other languages than the first one's. */
  titles?: Readonly<Record<string, string>> | undefined;
  /** Absolute URL of its folder. */
  url: string;
  /** The other site it would come from; undefined for the page's own. */
  foreignOrigin: string | undefined;
  /** It only demonstrates the page. */
  demonstration: boolean;
}

export function titleOf({ title, titles }: ModelChoice, lang: Language): string {
  return titles && Object.hasOwn(titles, lang) ? titles[lang]! : title;
}

/** The models of the index, in its order. */
export function listedModels(index: ModelIndex, base: string): ModelChoice[] {
  return index.models.map(({ name, title, titles, demonstration }) => ({
    parameter: name,
    title,
    titles,
    url: new URL(`models/${name}/`, base).href,
    foreignOrigin: undefined,
    demonstration,
  }));
}

/**
 * The model that a `model` parameter names: one of the listed, or a folder by its http(s) address. What
 * else an address may carry (a user, a query, a fragment) names no folder.
 *
 * @returns undefined when it names neither
 */
export function findModel(
  parameter: string,
  listed: readonly ModelChoice[],
  base: string,
): ModelChoice | undefined {
  return listed.find((model) => model.parameter === parameter) ?? folderAt(parameter, base);
}

function folderAt(parameter: string, base: string): ModelChoice | undefined {
  if (!parameter.includes("/") || !URL.canParse(parameter, base)) return undefined;
  const url = new URL(parameter, base);
  if (url.protocol !== "http:" && url.protocol !== "https:") return undefined;
  if (url.username || url.password) return undefined; // looks like another site, and fetch refuses it
  url.search = "";
  url.hash = "";
  const folder = url.pathname.split("/").findLast((part) => part !== "");
  return {
    parameter,
    title: decoded(folder ?? url.host),
    url: url.href,
    foreignOrigin: url.origin === new URL(base).origin ? undefined : url.origin,
    demonstration: false,
  };
}

/** As people write it, unless it holds signs that are not seen or that turn what is around them. */
function decoded(part: string): string {
  try {
    const text = decodeURIComponent(part);
    return /[\p{C}\p{Zl}\p{Zp}]|[^ \P{Zs}]/u.test(text) ? part : text;
  } catch {
    return part;
  }
}
