/** Tell the element's owner: the event neither bubbles nor leaves the owner's tree. */
export function emit<T>(source: EventTarget, type: string, detail?: T): void {
  source.dispatchEvent(new CustomEvent(type, { detail }));
}
