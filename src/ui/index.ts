export type { Device, LoadedModel, LoadProgress, Pair, Score } from "../shared/contract";
export { ScorerError, type ScorerErrorCode } from "../shared/errors";
export type { RewardScorer, RewardScorerEventMap, ScoredDetail } from "./reward-scorer";
export { type CreateScorerOptions, createScorer, type ScoreOptions, type Scorer } from "./scorer";
