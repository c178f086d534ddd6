/** Escape in JSON the control characters that it lets stand, and that a terminal may obey. */
export function escapeControls(json: string): string {
  return json.replace(/[\u007f-\u009f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
