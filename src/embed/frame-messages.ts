/** The version of what a frame and its host tell each other; a host of another version is not answered. */
export const PROTOCOL_VERSION = 1;

/** What a frame tells its parent, to no origin in particular, until it is connected: it holds nothing. */
export interface Hello {
  type: "reward-scorer:hello";
  version: number;
}

/** What a host answers, with one end of a MessageChannel. */
export interface Connect {
  type: "reward-scorer:connect";
  version: number;
}

/** The texts to show the rewards of. */
export interface ScoreParams {
  prompt: string;
  responses: readonly string[];
  /** score = alpha × reward. @default the frame's, or the model's own */
  alpha?: number;
}

/** What a host may ask for over the port. */
export type FrameRequest =
  | { id: number; method: "score"; params: ScoreParams }
  | { id: number; method: "cancel"; params: { call: number } };

/** The model that gave the rewards: what has to be kept beside them. */
export interface FrameModel {
  name: string;
  revision: string | undefined;
  dtype: string;
  backend: string;
}

export interface FrameScores {
  /** One a response, same order. */
  scores: readonly { reward: number; score: number; tokens: number; truncated: boolean }[];
  alpha: number;
  model: FrameModel;
}

export interface FrameError {
  name: string;
  /** One of ScorerError's, where the error is one. */
  code: string | undefined;
  message: string;
}

/** What a frame tells over the port. */
export type FrameAnswer =
  | { id: number; result: FrameScores }
  | { id: number; error: FrameError }
  /** The height of its content, CSS pixels. */
  | { type: "size"; height: number }
  /** Where a load stands; see LoadProgress. */
  | { type: "progress"; progress: unknown };
