import { parseXml, XmlElement } from "@rgrove/parse-xml";

/** A control of a labeling configuration that can be filled beforehand. */
export interface Control {
  kind: "rating" | "choices" | "pairwise" | "textarea";
  name: string;
  /** The object tags it is about, in the order of its `toName`. */
  objects: readonly LabeledObject[];
  /** Rating: the highest number of stars. */
  maxRating: number;
  /** Choices: what results name them by. Empty where they come from the task. */
  choices: readonly string[];
}

export interface LabeledObject {
  name: string;
  /** The field of a task's data that it shows; undefined for anything but `$field`. */
  field: string | undefined;
}

const KINDS: readonly string[] = ["rating", "choices", "pairwise", "textarea"] satisfies Control["kind"][];

/** What Label Studio takes where `maxRating` is not given. */
const DEFAULT_MAX_RATING = 5;

/**
 * The controls of a Label Studio labeling configuration that take a rating, a choice or a text for a whole
 * task. Tags and attributes are told apart as Label Studio does, without regard to case.
 *
 * @throws TypeError — it is no XML, or a control lacks `name` or `toName`
 */
export function readLabelingConfig(xml: string): Control[] {
  const elements = elementsOf(parse(xml));
  const fields = new Map(
    elements.map((element) => [
      attribute(element, "name"),
      /^\$([\w.-]+)$/.exec(attribute(element, "value") ?? "")?.[1],
    ]),
  );
  return elements.filter(isControl).map((element) => {
    const [name, toName] = [required(element, "name"), required(element, "toName")];
    return {
      kind: element.name.toLowerCase() as Control["kind"],
      name,
      objects: toName.split(",").map((object) => ({ name: object.trim(), field: fields.get(object.trim()) })),
      maxRating: readMaxRating(attribute(element, "maxRating")),
      choices: elementsOf(element)
        .filter(isChoice)
        .flatMap((choice) => attribute(choice, "alias") ?? attribute(choice, "value") ?? []),
    };
  });
}

function parse(xml: string): XmlElement {
  try {
    const { root } = parseXml(xml);
    if (root) return root;
  } catch (cause) {
    throw new TypeError(`labeling config: expected XML: ${(cause as Error).message.split("\n", 1)[0]}`, {
      cause,
    });
  }
  throw new TypeError("labeling config: expected XML with a tag, found none");
}

/** An element and all within it, in the order of the document. */
function elementsOf(element: XmlElement): XmlElement[] {
  return [
    element,
    ...element.children.flatMap((child) => (child instanceof XmlElement ? elementsOf(child) : [])),
  ];
}

/** A control for a region, or for one item of a list, is not for a task. */
function isControl(element: XmlElement): boolean {
  const partial = ["perRegion", "perItem"].some((name) => attribute(element, name) === "true");
  return KINDS.includes(element.name.toLowerCase()) && !partial;
}

function isChoice({ name }: XmlElement): boolean {
  return name.toLowerCase() === "choice";
}

function readMaxRating(text: string | undefined): number {
  const stars = text === undefined ? DEFAULT_MAX_RATING : Number(text);
  if (Number.isInteger(stars) && stars >= 1) return stars;
  throw new TypeError(`labeling config: maxRating: expected 1 or more, got ${text}`);
}

function attribute({ attributes }: XmlElement, name: string): string | undefined {
  const entry = Object.entries(attributes).find(([key]) => key.toLowerCase() === name.toLowerCase());
  return entry?.[1];
}

function required(element: XmlElement, name: string): string {
  const value = attribute(element, name)?.trim();
  if (value) return value;
  throw new TypeError(`labeling config: expected ${name} in every ${element.name}, found one without`);
}
