/** A press on a button of ours is not the tool's key: many tools prevent what it would do. */
export function keepPress(element: HTMLElement): void {
  for (const type of ["keydown", "keypress", "keyup"] as const) {
    element.addEventListener(type, (event) => {
      if (["Enter", " "].includes(event.key)) event.stopPropagation();
    });
  }
}
