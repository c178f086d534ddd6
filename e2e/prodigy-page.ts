import type { ProdigyTask } from "../src/embed/prodigy-task";

/** What a recipe gives Prodigy. */
export interface Recipe {
  html_template: string;
  javascript: string;
  tasks: readonly ProdigyTask[];
  /** Whether the next task comes at once and without an event, or later and with `prodigyupdate`. */
  next: "at once" | "later";
}

/** What the tests ask of the page. */
export interface ProdigyPage {
  saved: (ProdigyTask & { answer: string })[];
  /** What was given to `prodigy.update`. */
  updates: Partial<ProdigyTask>[];
  answer(answer: "accept" | "reject" | "ignore"): void;
  /** Brings the task back that was answered last. */
  undo(): void;
}

/**
 * A page with `window.prodigy` as Prodigy's has it: the task in `content`, `update` merges into a new one and
 * tells of it, answers are saved with the task and can be undone, the template is Mustache's, options are inputs, and the
 * space bar ignores a task.
 */
export function prodigyPage({ javascript, ...recipe }: Recipe): string {
  const json = JSON.stringify(recipe).replaceAll("<", "\\u003c");
  return `
    <div id="html"></div><div id="choice"></div>
    <script src="LIB/mustache.min.js"></script>
    <script>(${runProdigy})(${json});</script>
    <script>${javascript}</script>
    <script>tool.mount();</script>`;
}

/** Runs on the page. */
function runProdigy(recipe: Omit<Recipe, "javascript">): void {
  type Content = ProdigyTask & { accept?: unknown[] };
  const page = window as unknown as {
    Mustache: { render(template: string, view: unknown): string };
    prodigy: { content: Content | null; update(changes: Partial<ProdigyTask>): void };
    tool: ProdigyPage & { mount(): void };
  };
  const queue = recipe.tasks.slice(1);
  const saved: ProdigyPage["saved"] = [];
  const updates: ProdigyPage["updates"] = [];
  let drawn = "";
  const tell = (type: string, detail: unknown) => document.dispatchEvent(new CustomEvent(type, { detail }));

  const draw = () => {
    const task = page.prodigy.content;
    const html = task ? page.Mustache.render(recipe.html_template, task) : "No tasks available.";
    if (html !== drawn) document.querySelector("#html")!.innerHTML = html; // as React does with the same markup
    drawn = html;
    const choice = document.querySelector("#choice")!;
    choice.replaceChildren();
    for (const { id, text } of task?.options ?? []) {
      const label = document.createElement("label");
      const input = document.createElement("input");
      input.type = "radio";
      input.checked = Boolean(task?.accept?.includes(id));
      input.onchange = () => page.prodigy.update({ accept: [id] });
      label.append(input, String(text));
      choice.append(label);
    }
  };

  const setTask = (task: Content | null) => {
    page.prodigy.content = task;
    draw();
  };

  page.prodigy = {
    content: recipe.tasks[0]!,
    update(changes) {
      updates.push(changes);
      setTask({ ...page.prodigy.content!, ...changes });
      tell("prodigyupdate", { task: page.prodigy.content });
    },
  };
  page.tool = {
    saved,
    updates,
    mount() {
      draw();
      tell("prodigymount", {});
    },
    answer(answer) {
      const task = page.prodigy.content!;
      saved.push({ ...task, answer });
      tell("prodigyanswer", { answer, task });
      if (recipe.next === "at once") return setTask(queue.shift() ?? null);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        setTask(queue.shift() ?? null);
        tell("prodigyupdate", { task: page.prodigy.content });
      };
      port2.postMessage("the next batch has come");
    },
    undo() {
      const { answer: _, ...task } = saved.pop()!;
      queue.unshift(page.prodigy.content!);
      setTask(task);
      tell("prodigyupdate", { task });
    },
  };
  document.addEventListener("keydown", ({ key }) => {
    if (key === " ") page.tool.answer("ignore");
  });
}
