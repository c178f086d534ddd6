import "../ui/element";
import type { RewardsOptions } from "./label-studio-options";
import { LabelStudioPage, PANEL_TAG } from "./label-studio-page";
import { LabelStudioPanel } from "./label-studio-panel";

export type { RewardsOptions } from "./label-studio-options";

/** A host may load this script for every annotation, and its page has one panel all the same. */
const KEY = Symbol.for("reward-scorer.label-studio");

if (!customElements.get(PANEL_TAG)) customElements.define(PANEL_TAG, LabelStudioPanel);

/**
 * Show the rewards of the responses on show in Label Studio, beside them, and offer to fill its controls by
 * them. May be called again at any time, for each annotation if need be; the last call counts.
 *
 * @returns takes the panel away
 * @throws TypeError, RangeError — see {@link RewardsOptions}
 */
export function showRewards(options: RewardsOptions): () => void {
  const page = globalThis as { [KEY]?: LabelStudioPage };
  page[KEY] ??= new LabelStudioPage();
  const shown = page[KEY];
  shown.show(options);
  return () => shown.hide();
}

declare global {
  interface HTMLElementTagNameMap {
    [PANEL_TAG]: LabelStudioPanel;
  }
}
