/**
 * Text for a terminal, in one line: what is not seen, moves the cursor, sets the title or turns the direction
 * of writing is shown as its code point. Messages quote names and texts of files that a stranger may have made.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (sign) => {
    const codePoint = sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
    return `<U+${codePoint}>`;
  });
}

/** Write a message to standard error, whatever it quotes. */
export function tell(message: string): void {
  console.error(printable(message));
}
