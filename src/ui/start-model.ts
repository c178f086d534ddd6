import { findModel, listedModels, type ModelChoice } from "./model-choice";
import { fetchModelIndex } from "./model-index";

/** What a page begins with. */
export interface StartModel {
  choice: ModelChoice;
  /** The models of the site. */
  listed: readonly ModelChoice[];
  /** What was asked for, but names no model. */
  unknown: string | undefined;
}

/**
 * The model that a `model` parameter names, or else the first of the site's list.
 *
 * @param base the page's address
 * @throws what {@link fetchModelIndex} throws, unless the parameter is the address of a folder
 */
export async function startModel(
  asked: string | undefined,
  base: string,
  fetchFile?: typeof fetch,
): Promise<StartModel> {
  const folder = asked === undefined ? undefined : findModel(asked, [], base);
  let listed: ModelChoice[] = [];
  try {
    listed = listedModels(await fetchModelIndex(base, fetchFile), base);
  } catch (error) {
    if (!folder) throw error;
  }
  const found = asked === undefined ? listed[0] : findModel(asked, listed, base);
  return { choice: found ?? listed[0]!, listed, unknown: found ? undefined : asked };
}
