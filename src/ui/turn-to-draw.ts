/** Responses drawn in a frame: laying out hundreds at once holds the page for seconds. */
export const ROWS_A_FRAME = 12;

let frame: { left: number; over: Promise<void> } | undefined;

/** Resolves when a response may be drawn: at once for the first few, else in a later frame, in the order asked. */
export async function turnToDraw(): Promise<void> {
  for (;;) {
    frame ??= startFrame();
    if (frame.left-- > 0) return;
    await frame.over;
  }
}

function startFrame() {
  const over = new Promise<void>((resolve) => {
    requestAnimationFrame(() => {
      frame = undefined;
      resolve();
    });
  });
  return { left: ROWS_A_FRAME, over };
}
