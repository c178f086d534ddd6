import anywidget from "../../docs/embedding/anywidget.md?raw";
import argilla from "../../docs/embedding/argilla.md?raw";
import files from "../../docs/embedding/files.md?raw";
import frame from "../../docs/embedding/frame.md?raw";
import gradio from "../../docs/embedding/gradio.md?raw";
import labelStudio from "../../docs/embedding/label-studio.md?raw";
import potato from "../../docs/embedding/potato.md?raw";
import prodigy from "../../docs/embedding/prodigy.md?raw";
import element from "../../docs/embedding/README.md?raw";
import streamlit from "../../docs/embedding/streamlit.md?raw";
import { codeBlock } from "./code-block";

/** A way into other pages. */
export interface Door {
  title: string;
  about: string;
  /** What to paste, as its how-to has it. */
  code: string;
  /** The how-to, in the repository. */
  howTo: string;
  /** The element of this page that shows it at work; undefined where only the tool itself can. */
  live: "element" | "frame" | "notebook" | "streamlit" | undefined;
}

export const DOORS: readonly Door[] = [
  {
    title: "An element",
    about: "For pages that may load a script of yours. A form takes its value, and events tell the scores.",
    live: "element",
    ...howTo("README.md", element, "html"),
  },
  {
    title: "A frame",
    about: "For any page. It needs leave for one frame, and no script of ours need touch it.",
    live: "frame",
    ...howTo("frame.md", frame, "html"),
  },
  {
    title: "Notebooks",
    about: "anywidget, for Jupyter, marimo and others: texts and scores are traits. Below, without a kernel.",
    live: "notebook",
    ...howTo("anywidget.md", anywidget, "python"),
  },
  {
    title: "Streamlit",
    about: "A component of its second kind. Below, without a server.",
    live: "streamlit",
    ...howTo("streamlit.md", streamlit, "python"),
  },
  {
    title: "Label Studio",
    about: "Rewards beside the responses. Pairwise, Rating and Choices are filled when the annotator agrees.",
    live: undefined,
    ...howTo("label-studio.md", labelStudio, "js"),
  },
  {
    title: "Argilla",
    about: "A field that shows the rewards, with one model for all records.",
    live: undefined,
    ...howTo("argilla.md", argilla, "html"),
  },
  {
    title: "Prodigy",
    about: "Rewards beside a task's texts, and in the task that is saved.",
    live: undefined,
    ...howTo("prodigy.md", prodigy, "python"),
  },
  {
    title: "Potato",
    about: "Rewards beside an item's responses, and an answer when the annotator agrees.",
    live: undefined,
    ...howTo("potato.md", potato, "html"),
  },
  {
    title: "Gradio",
    about: "A gr.HTML whose value carries the score.",
    live: undefined,
    ...howTo("gradio.md", gradio, "python"),
  },
  {
    title: "Files",
    about:
      "For tools that take no script, doccano and INCEpTION among them: their files with the rewards in them.",
    live: undefined,
    ...howTo("files.md", files, "sh"),
  },
];

function howTo(name: string, markdown: string, language: string): Pick<Door, "code" | "howTo"> {
  return { howTo: `docs/embedding/${name}`, code: codeBlock(markdown, language)! };
}
