import { fieldOf } from "./field-of";
import type { Fields, ScoredRow } from "./format";
import type { Judge } from "./judge";
import { havePromptsOfTheirOwn } from "./rank-rows";

/** What is written once a row: which model gave the rewards, and how. */
const JUDGE_FIELDS = ["reward_model", "reward_revision", "reward_dtype", "reward_backend", "reward_alpha"];

/** What is written once a row where there is something to say. */
const ROW_FIELDS = ["reward_margin", "reward_prompts_differ", "reward_earlier_turns", "reward_note"];

const OWN_FIELDS = [...JUDGE_FIELDS, ...ROW_FIELDS];

/** What is written for each field that holds a response, or a list of them: `reward_chosen`, … */
const PREFIXES = ["reward_", "reward_score_", "reward_tokens_", "reward_truncated_"];

/**
 * A row with everything needed to audit its rewards: `reward_<field>`, `reward_score_<field>`,
 * `reward_tokens_<field>` and `reward_truncated_<field>` for each field that holds a response (lists for a
 * list), `reward_margin` where there are several to one prompt, and the model with its revision, dtype, backend and alpha.
 *
 * @param note what else a reader of the numbers is to know
 */
export function addRewards(row: Fields, scored: ScoredRow, judge: Judge, note?: string): Fields {
  const { model, revision, dtype, backend, alpha } = judge;
  const earlier = scored.pairs.map(({ earlierTurns = 0 }) => earlierTurns);
  const mostEarlier = Math.max(...earlier);
  return {
    ...withoutRewards(row),
    ...Object.fromEntries(numbersOf(scored)),
    ...(scored.margin !== undefined && { reward_margin: scored.margin }),
    ...(havePromptsOfTheirOwn(scored.pairs) && { reward_prompts_differ: true }),
    ...(mostEarlier > 0 && { reward_earlier_turns: mostEarlier }),
    reward_model: model,
    reward_revision: revision,
    reward_dtype: dtype,
    reward_backend: backend,
    reward_alpha: alpha,
    ...(note !== undefined && { reward_note: note }),
  };
}

/** The row as it was before {@link addRewards}. */
export function withoutRewards(row: Fields): Fields {
  if (!hasOurRewards(row)) return row;
  const written = Object.keys(row).map((field) => PREFIXES.map((prefix) => prefix + field));
  const whole = written.filter((names) => names.every((name) => Object.hasOwn(row, name)));
  const own = new Set([...OWN_FIELDS, ...whole.flat()]);
  return Object.fromEntries(Object.entries(row).filter(([name]) => !own.has(name)));
}

/**
 * What keeps our numbers out of a row: another program's where ours would stand, which would be lost, or two
 * of ours under one name.
 *
 * @returns what is wrong, or undefined
 */
export function findTakenName(row: Fields, fields: readonly string[]): string | undefined {
  const names = [...OWN_FIELDS, ...fields.flatMap((field) => PREFIXES.map((prefix) => prefix + field))];
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) return `expected one meaning of ${twice}, found two: rename the response's field`;
  const others = withoutRewards(row);
  const taken = names.find((name) => Object.hasOwn(others, name));
  return taken === undefined ? undefined : `expected no field ${taken}, found one of another program`;
}

/** Whether a row has what {@link addRewards} adds. */
export function hasOurRewards(row: Fields): boolean {
  return JUDGE_FIELDS.every((name) => fieldOf(row, name) !== undefined);
}

function numbersOf({ pairs }: ScoredRow): Map<string, unknown> {
  const numbers = new Map<string, unknown>();
  for (const { field, at, reward, score, tokens, truncated } of pairs) {
    for (const [index, value] of [reward, score, tokens, truncated].entries()) {
      const name = `${PREFIXES[index]}${field}`;
      const others = (numbers.get(name) as unknown[] | undefined) ?? [];
      numbers.set(name, at === undefined ? value : [...others, value]);
    }
  }
  return numbers;
}
