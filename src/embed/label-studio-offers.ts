import { shownScore } from "../ui/formats";
import { bestResponse } from "./best-response";
import type { RewardsOptions } from "./label-studio-options";
import type { Annotation, Tag } from "./label-studio-store";

/** What a press may fill for one response: that it is the best, or its stars. */
export interface Offer {
  /** The response's place, from 0. */
  place: number;
  stars: { given: number; of: number } | undefined;
  fill(): void;
}

/**
 * What the scores suggest for the controls of an annotation: the best response, unless the scores that are
 * seen are level, and stars.
 *
 * @param scores one a response, same order
 * @throws TypeError, RangeError — the labeling config has not the control that the options name
 */
export function offersFor(
  options: RewardsOptions,
  scores: readonly number[],
  annotation: Annotation,
): Offer[] {
  return [...preference(options, scores, annotation), ...ratings(options, scores, annotation)];
}

function preference(
  { responses, pairwise, choices }: RewardsOptions,
  scores: readonly number[],
  annotation: Annotation,
): Offer[] {
  const fills = responses.map((field) => {
    const chosen = choices?.of[field];
    return [
      ...(pairwise === undefined ? [] : [pairwiseFill(annotation, pairwise, field)]),
      ...(choices && chosen !== undefined ? [choiceFill(annotation, choices.name, chosen)] : []),
    ];
  });
  const place = bestResponse(scores);
  if (place === undefined || fills[place]!.length === 0) return [];
  const fill = () => {
    for (const one of fills[place]!) one();
  };
  return [{ place, stars: undefined, fill }];
}

function ratings(
  { responses, rating }: RewardsOptions,
  scores: readonly number[],
  annotation: Annotation,
): Offer[] {
  if (!rating) return [];
  return responses.flatMap((field, place) => {
    const name = rating.of[field];
    if (name === undefined) return [];
    const tag = find(annotation, name, "rating");
    const most = Number(tag.maxrating);
    if (rating.atLeast.length !== most - 1) {
      throw new RangeError(`rating ${name}: expected ${most - 1} thresholds, got ${rating.atLeast.length}`);
    }
    const given = 1 + rating.atLeast.filter((least) => shownScore(scores[place]!) >= least).length;
    return [{ place, stars: { given, of: most }, fill: () => tag.setRating!(given) }];
  });
}

/** Which of its two sides shows the response is for the labeling config to say. */
function pairwiseFill(annotation: Annotation, name: string, field: string): () => void {
  const tag = find(annotation, name, "pairwise");
  const sides = (tag.toname ?? "").split(",").map((side) => annotation.names.get(side.trim())?.value);
  const at = sides.indexOf(`$${field}`);
  if (at < 0)
    throw new TypeError(`pairwise ${name}: expected $${field} on one side, got ${sides.join(", ")}`);
  const side = at === 0 ? "left" : "right";
  return () => {
    if (tag.selected === side) return; // a second choice would take it back
    if (side === "left") tag.selectLeft!();
    else tag.selectRight!();
  };
}

function choiceFill(annotation: Annotation, name: string, chosen: string): () => void {
  const choice = find(annotation, name, "choices").findLabel!(chosen);
  if (!choice) throw new TypeError(`choices ${name}: expected a choice "${chosen}", got none`);
  return () => {
    if (!choice.sel) choice.toggleSelected();
  };
}

function find(annotation: Annotation, name: string, type: string): Tag {
  const tag = annotation.names.get(name);
  if (tag?.type !== type) {
    throw new TypeError(`labeling config: expected a ${type} named "${name}", got ${tag?.type ?? "none"}`);
  }
  return tag;
}
