/** A choice of a Choices tag. */
export interface ChoiceTag {
  sel: boolean;
  toggleSelected(): void;
}

/** A tag of the labeling config, as far as it is read or filled here. */
export interface Tag {
  type: string;
  /** Of a tag that shows data: "$field". */
  value?: string | null;
  /** Of a Pairwise: the names of the two tags that it compares. */
  toname?: string | null;
  selected?: string | null;
  selectLeft?(): void;
  selectRight?(): void;
  maxrating?: string;
  setRating?(stars: number): void;
  findLabel?(choice: string): ChoiceTag | undefined;
}

export interface Annotation {
  id: string;
  type: string;
  editable?: boolean;
  isReadOnly?(): boolean;
  names: { get(name: string): Tag | undefined };
}

export interface Task {
  /** The object, or its JSON. */
  data: unknown;
}

/** Label Studio's own store, which it keeps at `window.Htx`. */
export interface Store {
  task?: Task | null;
  annotationStore: {
    selected?: Annotation | null;
    selectedHistory?: unknown;
    viewingAll?: boolean;
  };
}

/** The one annotation in front of the annotator. */
export interface OnShow {
  task: Task;
  annotation: Annotation;
  /** Why it takes no answers; undefined when it does. */
  closed: "prediction" | "history" | "read-only" | undefined;
}

/**
 * @param annotationId the only annotation to look for, where it is known
 * @returns undefined when there is none, or several side by side
 */
export function onShow(store: Store | undefined, annotationId?: string): OnShow | undefined {
  if (!store?.task) return undefined;
  const { selected, selectedHistory, viewingAll } = store.annotationStore;
  if (!selected || viewingAll) return undefined;
  if (annotationId !== undefined && selected.id !== annotationId) return undefined;
  return { task: store.task, annotation: selected, closed: whyClosed(selected, selectedHistory) };
}

function whyClosed(annotation: Annotation, history: unknown): OnShow["closed"] {
  if (annotation.type !== "annotation") return "prediction";
  if (history) return "history";
  if (annotation.editable === false || annotation.isReadOnly?.()) return "read-only";
  return undefined;
}
