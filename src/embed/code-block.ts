/**
 * A block of code of a page in Markdown.
 *
 * @param language as the block names it
 * @returns undefined when the page has none
 */
export function codeBlock(markdown: string, language: string): string | undefined {
  const blocks = markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms);
  return [...blocks].find(([, name]) => name === language)?.[2];
}
