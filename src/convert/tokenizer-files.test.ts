import { Tokenizer } from "@huggingface/tokenizers";
import { describe, expect, it } from "vitest";
import { FIXTURES, openFixture, readFixturePairs } from "../../test/fixture";
import { truncateLongestFirst } from "../worker/truncate";
import { makeTokenizerFiles, type TokenizerFiles } from "./tokenizer-files";

/** What the engine does with the files made. */
function encoder({ tokenizerJson, tokenizerConfig, template }: TokenizerFiles) {
  const tokenizer = new Tokenizer(JSON.parse(tokenizerJson), JSON.parse(tokenizerConfig));
  const encode = (text: string) => tokenizer.encode(text, { add_special_tokens: false }).ids;
  return (prompt: string, response: string) => {
    const [promptIds, responseIds] = [encode(prompt), encode(response)];
    const kept = truncateLongestFirst(promptIds.length, responseIds.length, 509);
    return [
      ...template.start,
      ...promptIds.slice(0, kept[0]),
      ...template.between,
      ...responseIds.slice(0, kept[1]),
      ...template.end,
    ];
  };
}

describe("makeTokenizerFiles", () => {
  it.each(FIXTURES)("gives the reference's token ids for %s", async (name) => {
    const encode = encoder(await makeTokenizerFiles(await openFixture(name), 3000));
    for (const { prompt, response, ids } of await readFixturePairs(name)) {
      expect(encode(prompt, response)).toEqual(ids);
    }
  });
});
