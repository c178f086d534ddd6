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

it("tells it in every language that it was given", () => {
  const words = { description: "Um modelo.", accuracy: [], limits: ["Só inglês."] };
  const given = { limits: ["English only."], translations: { "pt-BR": words } };
  const { translations } = aboutModel("someone/model", "BertForSequenceClassification", true, given);
  expect(translations!["pt-BR"]).toEqual({
    ...words,
    limits: ["Só inglês.", expect.stringContaining("Os tipos de token são todos 0")],
  });
});

it("has no translation of words that were replaced", () => {
  const about = (given: Parameters<typeof aboutModel>[3]) =>
    aboutModel("nicholasKluge/RewardModel", "RewardModel", false, given);
  expect(about({}).translations!["pt-BR"]!.description).toMatch(/^RewardModel: .* regressão/);
  expect(about({ defaultAlpha: 3 }).translations).toEqual(about({}).translations);
  expect(about({ limits: ["Mine."] })).not.toHaveProperty("translations");
});

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
