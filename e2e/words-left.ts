import type { Page } from "@playwright/test";
import { english } from "../src/ui/strings";
import { portuguese } from "../src/ui/strings-pt-br";

/** Stands for what a text is told: a number, a name. */
const HOLE = "¤";

/**
 * The English of the page's words that is shown where Portuguese has another word: texts in every shadow
 * tree, and names that are only read out. What says of itself that it is English (messages of errors) may be.
 */
export async function englishLeft(page: Page): Promise<string[]> {
  const shown = await page.evaluate(visibleWords);
  const patterns = englishPatterns();
  return shown
    .flatMap((text) => text.split(" · "))
    .filter((text) => patterns.some((words) => words.test(text)));
}

function englishPatterns(): RegExp[] {
  const same = new Set(texts(portuguese));
  return texts(english)
    .filter((text) => !same.has(text))
    .map((text) => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(HOLE, ".+")}$`));
}

/** Every text of a table; functions are called for one of what they count, and for two. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "object") return Object.values(value as object).flatMap(texts);
  return [1, 2].map((count) => {
    const text: string = (value as (...told: unknown[]) => string)(count, HOLE, HOLE, HOLE);
    return text.replaceAll(String(count), HOLE);
  });
}

function visibleWords(): string[] {
  const found: string[] = [];
  const add = (text: string | null) => {
    const words = text?.trim().replace(/\s+/g, " ");
    if (words) found.push(words);
  };
  const walk = (node: Node) => {
    if (node instanceof Text) add(node.data);
    if (node instanceof Element) {
      if (node.getAttribute("lang") === "en") return;
      if (["STYLE", "SCRIPT", "NOSCRIPT"].includes(node.tagName)) return;
      for (const name of ["aria-label", "title", "placeholder", "alt"]) add(node.getAttribute(name));
      if (node.shadowRoot) walk(node.shadowRoot);
    }
    for (const child of node.childNodes) walk(child);
  };
  walk(document.body);
  return found;
}
