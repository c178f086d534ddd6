/** What of an item's page the tests vary. */
export interface PotatoItem {
  record: Record<string, unknown>;
  layout: string;
}

/** What the tests ask of the page: answers as they would be saved, and calls of `registerAnnotation`. */
export interface PotatoPage {
  answers: Record<string, Record<string, string>>;
  registered: string[];
}

/**
 * The page of an item as Potato makes it: the layout in the place of the forms, the record as JSON in an
 * attribute after it, and the script that listens to the inputs last.
 */
export function potatoPage({ record, layout }: PotatoItem): string {
  const json = JSON.stringify(record)
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&#34;")
    .replaceAll("<", "&lt;");
  return `
    <div id="annotation-forms">${FORMS}${layout}</div>
    <div hidden data-instance-json="${json}"></div>
    <script>(${runPotato})();</script>`;
}

/** A scheme of tiles, one of radio buttons and one whose buttons have keys, as Potato's generators write them. */
const FORMS = `
  <form id="preference" class="annotation-form pairwise" data-schema-name="preference" action="javascript:void(0)">
    <fieldset schema="preference">
      <legend>Which response is better?</legend>
      <div role="radiogroup">
        <div class="pairwise-tile" data-value="A" data-schema="preference" tabindex="0" role="radio" aria-checked="false">A</div>
        <div class="pairwise-tile" data-value="B" data-schema="preference" tabindex="0" role="radio" aria-checked="false">B</div>
      </div>
      <input type="hidden" class="pairwise-value annotation-input" name="preference" schema="preference" label_name="selection" value="">
    </fieldset>
  </form>
  <form id="best" class="annotation-form radio" data-schema-name="best" action="javascript:void(0)">
    <fieldset schema="best">
      <legend>Best</legend>
      <label><input type="radio" class="best annotation-input" name="best" schema="best" label_name="First" value="First">First</label>
      <label><input type="radio" class="best annotation-input" name="best" schema="best" label_name="Second" value="Second">Second</label>
    </fieldset>
  </form>
  <form id="keyed" class="annotation-form radio" data-schema-name="keyed" action="javascript:void(0)">
    <fieldset schema="keyed">
      <legend>Keyed</legend>
      <label><input type="radio" class="keyed annotation-input" name="keyed" schema="keyed" label_name="2" value="1">2</label>
      <label><input type="radio" class="keyed annotation-input" name="keyed" schema="keyed" label_name="1" value="2">1</label>
    </fieldset>
  </form>`;

/** Runs on the page: what its own script does with tiles and inputs. */
function runPotato(): void {
  const answers: PotatoPage["answers"] = {};
  const registered: string[] = [];
  const take = (input: Element) => {
    const { value } = input as HTMLInputElement;
    answers[input.getAttribute("schema")!] = { [input.getAttribute("label_name")!]: value };
  };
  document.addEventListener("DOMContentLoaded", () => {
    for (const tile of document.querySelectorAll<HTMLElement>(".pairwise-tile")) {
      tile.addEventListener("click", () => {
        for (const other of document.querySelectorAll(".pairwise-tile")) {
          other.setAttribute("aria-checked", String(other === tile));
        }
        const input = tile.closest("form")!.querySelector<HTMLInputElement>(".pairwise-value")!;
        input.value = tile.dataset.value!;
        input.setAttribute("data-modified", "true");
        input.dispatchEvent(new Event("change", { bubbles: true }));
      });
    }
    for (const input of document.querySelectorAll(".annotation-input")) {
      input.addEventListener("change", () => take(input));
    }
  });
  Object.assign(window, {
    tool: { answers, registered },
    registerAnnotation: (input: HTMLInputElement) => registered.push(input.value),
  });
}
