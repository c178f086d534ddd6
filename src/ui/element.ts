import { RewardScorer } from "./reward-scorer";

export * from "./index";
export { RewardScorer };

const TAG = "reward-scorer";

/** Importing this defines the element; twice is harmless. */
if (!customElements.get(TAG)) customElements.define(TAG, RewardScorer);

declare global {
  interface HTMLElementTagNameMap {
    [TAG]: RewardScorer;
  }
}
