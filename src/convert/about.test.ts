import { expect, it } from "vitest";
import { aboutModel, TOKEN_TYPES_ARE_0 } from "./about";

it.each([
  { repository: "someone/model", knowsTokenTypes: true, told: true },
  { repository: "someone/model", knowsTokenTypes: false, told: false },
  { repository: "nicholasKluge/RewardModel", knowsTokenTypes: true, told: false },
])(
  "tells that token types are 0 where that may not be how a model was trained: $repository, $knowsTokenTypes",
  ({ repository, knowsTokenTypes, told }) => {
    const given = { limits: ["English only."] };
    const { limits } = aboutModel(repository, "BertForSequenceClassification", knowsTokenTypes, given);
    expect(limits).toEqual(["English only.", ...(told ? [TOKEN_TYPES_ARE_0] : [])]);
  },
);

it.each([
  { repository: "nicholasKluge/RewardModel", architecture: "RewardModel", pairwise: false, defaultAlpha: 10 },
  {
    repository: "nicholasKluge/RewardModelPT",
    architecture: "BertForSequenceClassification",
    pairwise: true,
    defaultAlpha: 1,
  },
  {
    repository: "someone/model",
    architecture: "BertForSequenceClassification",
    pairwise: false,
    defaultAlpha: 1,
  },
] as const)(
  "takes alpha and probabilities from how a published model was trained: $repository, $architecture",
  ({ repository, architecture, ...known }) => {
    expect(aboutModel(repository, architecture, false)).toMatchObject(known);
  },
);
