/** The version of what a frame and its host tell each other. Another one is not spoken with. */
export const PROTOCOL_VERSION = 1;

export const HELLO = "reward-scorer:hello";
export const CONNECT = "reward-scorer:connect";

/** From the frame to its parent, whoever that is, while it is not connected. It holds no secret. */
export interface Hello {
  type: typeof HELLO;
  version: number;
}

/** From the host to the frame's origin alone, with one end of a MessageChannel. */
export interface Connect {
  type: typeof CONNECT;
  version: number;
}

/** The texts whose rewards the frame shows. */
export interface ScoreParams {
  prompt: string;
  responses: readonly string[];
  /** score = alpha × reward. @default the frame's, else the model's own */
  alpha?: number | undefined;
}

/** From the host, over the port. */
export type FrameRequest =
  | { id: number; method: "score"; params: ScoreParams }
  | { id: number; method: "cancel"; params: { call: number } }
  /** The last one: the frame lets go of the port, and says hello again. */
  | { id: number; method: "close" };

/** What has to be kept beside a reward. */
export interface FrameModel {
  name: string;
  /** Of the source repository, or a part of its weights' hash. */
  revision: string;
  dtype: string;
  backend: string;
}

export interface FrameScores {
  /** One a response, same order. */
  scores: { reward: number; score: number; tokens: number; truncated: boolean }[];
  alpha: number;
  model: FrameModel;
}

/** An error as it crosses: its class does not. */
export interface FrameError {
  name: string;
  /** A ScorerError's; undefined for another. */
  code: string | undefined;
  message: string;
}

/** From the frame, over the port. */
export type FrameAnswer =
  | { type: "connected" }
  /** What the frame's content needs, in CSS pixels. */
  | { type: "size"; height: number }
  | { id: number; result: FrameScores }
  | { id: number; error: FrameError };
