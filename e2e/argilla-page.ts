/** A record as Argilla's page has it. */
export interface ArgillaRecord {
  id: string;
  status: string;
  fields: Record<string, unknown>;
  metadata: Record<string, unknown>;
  responses: Record<string, unknown>;
  suggestions: Record<string, unknown>;
}

export function argillaRecord(id: string, fields: Record<string, unknown>): ArgillaRecord {
  return { id, status: "pending", fields, metadata: {}, responses: {}, suggestions: {} };
}

/** What the tests ask of the page. */
export interface ArgillaPage {
  show(record: ArgillaRecord): void;
}

const CONTENT = "\n<script>\n  const record = #RECORD_OBJECT#;\n</script>\n#TEMPLATE#";

/**
 * A page that draws a record's custom field in advanced mode as Argilla's does: record and template replaced
 * into a page, which is the `srcdoc` of a frame without a sandbox, made anew for each record and measured
 * once, at its load.
 */
export function argillaPage(template: string): string {
  const json = JSON.stringify([CONTENT, template]).replaceAll("<", "\\u003c");
  return `
    <meta name="color-scheme" content="light dark" />
    <style>body { margin: 0; } .sandbox { width: 100%; border: none; }</style>
    <h1>Argilla</h1><div id="field"></div><p>Questions</p>
    <script>(${runArgilla})(...${json});</script>`;
}

/** Runs on the page. */
function runArgilla(empty: string, template: string): void {
  const show = (record: unknown) => {
    const frame = document.createElement("iframe");
    frame.className = "sandbox";
    frame.title = "field";
    frame.scrolling = "no";
    frame.onload = () => {
      frame.style.height = `${frame.contentWindow!.document.documentElement.scrollHeight}px`;
    };
    const styles = [...document.querySelectorAll("style")].map(({ outerHTML }) => outerHTML).join("");
    const content = empty.replace("#RECORD_OBJECT#", JSON.stringify(record)).replace("#TEMPLATE#", template);
    frame.srcdoc = styles + content;
    document.querySelector("#field")!.replaceChildren(frame);
  };
  Object.assign(window, { tool: { show } });
}
