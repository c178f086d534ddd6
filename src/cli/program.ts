import { Command, InvalidArgumentError, Option } from "commander";
import packageJson from "../../package.json" with { type: "json" };
import { FORMATS } from "../formats/formats";
import { PREFERENCE_FORMATS } from "../formats/preference-format";
import type { Dtype } from "../shared/manifest";
import { TOLERANCE } from "../shared/tolerance";
import type { ConvertOptions } from "./convert";
import type { EvaluateOptions } from "./evaluate";
import type { ScoreOptions } from "./score";

const DTYPES = Object.keys(TOLERANCE) as Dtype[];

/**
 * The command's surface: names, arguments, help. Each command is loaded when it is called.
 *
 * @param exit receives the exit code of the command that ran
 */
export function createProgram(exit: (code: number) => void): Command {
  const program = new Command("reward-scorer")
    .description("Score how good a response is with a reward model, and prepare one for the browser.")
    .version(packageJson.version)
    .exitOverride()
    .showHelpAfterError("(run with --help for the whole usage)");
  addConvert(program, exit);
  addScore(program, exit);
  addEvaluate(program, exit);
  addVerify(program, exit);
  return program;
}

function addConvert(program: Command, exit: (code: number) => void): void {
  program
    .command("convert")
    .description("Make a model folder from a checkpoint.")
    .argument("<checkpoint>", "a folder, or the id of a Hub repository such as owner/name")
    .requiredOption("--out <folder>", "the model folder to make; the model in an older one is replaced")
    .option("--revision <R>", "branch, tag or commit of the Hub repository (default: main)")
    .option(
      "--dtype <list>",
      `comma-separated, of ${DTYPES.join(", ")} (default: all that the model can have)`,
      parseDtypes,
    )
    .option(
      "--about <file>",
      "JSON with what the manifest says of the model: description, licence, accuracy, …",
    )
    .action(async (checkpoint: string, options: ConvertOptions) => {
      const { convert } = await import("./convert");
      exit(await convert(checkpoint, options));
    });
}

function addScore(program: Command, exit: (code: number) => void): void {
  program
    .command("score")
    .description("Score pairs: JSON Lines with prompt and response in, JSON Lines with the scores out.")
    .requiredOption("--model <folder>", "a model folder")
    .option("--alpha <A>", "what the reward is multiplied by (default: the model's own)", parseAlpha)
    .option("--input <F>", "JSON Lines to read; with --format, a file of that kind (default: standard input)")
    .option("--output <F>", "where to write (default: standard output)")
    .option("--prompt <P>", "a prompt; repeatable, paired with --response in order", append)
    .option("--response <R>", "a response; one prompt may have several", append)
    .addOption(
      new Option(
        "--format <name>",
        "score a file of this kind, and write it again with all that stands in it",
      ).choices(Object.keys(FORMATS)),
    )
    .option("--prompt-field <name>", "with --format: the field with the prompt (default: prompt)")
    .option("--response-field <name>", "with --format: a field with a response; repeatable", append)
    .addOption(
      new Option("--context <which>", "with --format: of a conversation, what is the prompt").choices([
        "last",
        "all",
      ]),
    )
    .option("--config <file>", "with --format label-studio: the labeling config, XML")
    .option(
      "--question <name=values>",
      "with --format: a question to answer beforehand, its values from worst to best, or one a response; repeatable",
      append,
    )
    .action(async (options: ScoreOptions) => {
      const { score } = await import("./score");
      exit(await score(options));
    });
}

function addEvaluate(program: Command, exit: (code: number) => void): void {
  program
    .command("evaluate")
    .description(
      "Compare a model with what people preferred: accuracy, its interval, what length alone explains.",
    )
    .argument("<file...>", "files of preferences, gzipped or not")
    .requiredOption("--model <folder>", "a model folder")
    .option("--json", "print JSON, every number of it")
    .addOption(
      new Option("--format <name>", "what the files are (default: found out from their rows)").choices(
        PREFERENCE_FORMATS,
      ),
    )
    .option("--prompt-field <name>", "of preference: the field with the prompt (default: prompt)")
    .option("--response-field <name>", "of preference: twice, the preferred response first", append)
    .option("--label-field <name>", "the field that says which of the two is preferred")
    .option("--label <value>", "what it holds for the first, then what for the second: twice", append)
    .addOption(
      new Option("--context <which>", "of a conversation, what is the prompt (default: last)").choices([
        "last",
        "all",
      ]),
    )
    .option("--single-turn", "compare only where no turns stand before the prompt")
    .option("--lang <code>", "of oasst: only trees in this language")
    .action(async (files: string[], options: EvaluateOptions) => {
      const { evaluate } = await import("./evaluate");
      exit(await evaluate(files, options));
    });
}

function addVerify(program: Command, exit: (code: number) => void): void {
  program
    .command("verify")
    .description("Check a model folder: its hashes, its reference rewards, the published scores.")
    .argument("<folder>", "a model folder")
    .action(async (folder: string) => {
      const { verify } = await import("./verify");
      exit(await verify(folder));
    });
}

function parseDtypes(list: string): Dtype[] {
  const names = list.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !DTYPES.includes(name as Dtype));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`Expected some of ${DTYPES.join(", ")}, found "${unknown}".`);
  }
  return DTYPES.filter((dtype) => names.includes(dtype));
}

function parseAlpha(text: string): number {
  const alpha = Number(text);
  if (text.trim() === "" || !Number.isFinite(alpha))
    throw new InvalidArgumentError("Expected a finite number.");
  return alpha;
}

function append(value: string, previous: string[] = []): string[] {
  return [...previous, value];
}
