import type { RewardScorer } from "../ui/index";

/** What a host asks for, as plain data. What is absent is the element's own default. */
export type Asked = {
  [Name in (typeof ASKED)[number] | "loading"]?: RewardScorer[Name] | null;
};

/** All that a score depends on. */
export const ASKED = ["prompt", "response", "responses", "model", "alpha", "device", "base"] as const;
