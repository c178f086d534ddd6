import { DRAFT_KEY, type Draft, isExample, parseDraft } from "./draft";
import type { Language } from "./language";
import { readStored, writeStored } from "./storage";

/** The texts of the last visit. A tab finds its own again, whatever another one has kept since. */
export function keptDraft(lang: Language): Draft {
  return parseDraft(readStored(DRAFT_KEY, "sessionStorage") ?? readStored(DRAFT_KEY), lang);
}

/**
 * Keep the texts for this tab and for the next visit, which has the example of its language where these are it.
 *
 * @returns whether the browser stores them
 */
export function keepDraft(draft: Draft, lang: Language): boolean {
  const text = JSON.stringify(draft);
  writeStored(DRAFT_KEY, text, "sessionStorage");
  return writeStored(DRAFT_KEY, isExample(draft, lang) ? undefined : text);
}

/** Whether the browser stores texts, as far as it says so before there are any. */
export function keepsDrafts(): boolean {
  return writeStored(`${DRAFT_KEY}.probe`, undefined);
}
