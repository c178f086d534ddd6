/**
 * A block of code of a page in Markdown.
 *
 * @param language as the block names it
 * @param nth which block of its language, from 0
 * @returns undefined when the page has none such
 */
export function codeBlock(markdown: string, language: string, nth = 0): string | undefined {
  const blocks = markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms);
  return [...blocks].filter(([, name]) => name === language)[nth]?.[2];
}
