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
