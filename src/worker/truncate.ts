/**
 * How many tokens of each text are kept: as many as fit, dropping one at a time from the end of the
 * longer text, and from the response when both are equally long.
 *
 * @param room tokens the two texts may have together, 0 or more
 */
export function truncateLongestFirst(
  promptLength: number,
  responseLength: number,
  room: number,
): [keptPrompt: number, keptResponse: number] {
  const keptPrompt = Math.min(promptLength, Math.max(Math.ceil(room / 2), room - responseLength));
  return [keptPrompt, Math.min(responseLength, room - keptPrompt)];
}
