import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "@playwright/test";
import type { Manifest } from "../../src/shared/manifest";
import { spreadOf } from "../../src/shared/spread";
import { TOLERANCE } from "../../src/shared/tolerance";
import { MODELS } from "./models";
import { PeerPage } from "./peer-page";

/** Largest error against fp32 as a share of the spread of the goldens' rewards. */
export interface Agreement {
  ours: number;
  theirs: number;
  /** Of the exported graph in fp32: the same model or the comparison is void. */
  exported: number;
}

/**
 * Hold both engines to the reference of the demonstration model's size.
 *
 * @throws Error when the exported graph is another model, or an 8-bit one is too far from it
 */
export async function checkAgreement(browser: Browser, origin: string): Promise<Agreement> {
  const manifest: Manifest = JSON.parse(await readFile(join(MODELS, "demo/ours/reward.json"), "utf8"));
  // Theirs takes an empty text for none.
  const goldens = manifest.goldens.filter(
    ({ prompt, response, tokens }) => prompt && response && tokens < 512,
  );
  const error = async (side: "ours" | "theirs", dtype: "fp32" | "q8") => {
    const page = await PeerPage.open(browser, side, origin);
    await page.load("demo", "wasm", dtype);
    const rewards = await page.score(goldens);
    await page.close();
    const worst = Math.max(...rewards.map((reward, at) => Math.abs(reward - goldens[at]!.reward)));
    const share = worst / spreadOf(goldens);
    const allowed = TOLERANCE[dtype].worst;
    if (!(share <= allowed))
      throw new Error(`${side}, ${dtype}: expected ${allowed} of the spread, got ${share}`);
    return share;
  };
  return {
    exported: await error("theirs", "fp32"),
    ours: await error("ours", "q8"),
    theirs: await error("theirs", "q8"),
  };
}
