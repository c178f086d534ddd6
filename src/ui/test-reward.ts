import type { Reward } from "../shared/contract";

/** What the model returned for a pair, for tests. */
export function testReward(reward: number, changes: Partial<Reward> = {}): Reward {
  return {
    reward,
    tokens: 10,
    truncated: false,
    unread: { prompt: undefined, response: undefined },
    ...changes,
  };
}
