import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, expect, type Locator, type Page, test } from "@playwright/test";
import { EXAMPLES } from "../src/ui/draft";
import { english } from "../src/ui/strings";
import { portuguese } from "../src/ui/strings-pt-br";
import { changeManifest } from "./engine-page";
import { expectEach, holdModel, missModel, openScored, WASM_PAGE } from "./page";
import { SCORE_IN_PORTUGUESE } from "./shown-score";
import { englishLeft } from "./words-left";

const PORTUGUESE_PAGE = `${WASM_PAGE}&lang=pt-BR`;

const prompt = (page: Page) => page.getByLabel("Prompt");
const responses = (page: Page) => page.getByLabel("Resposta", { exact: true });
const scores = (page: Page) => page.getByRole("status");
const choose = (page: Page, name: "EN" | "PT") => page.getByRole("button", { name: new RegExp(`^${name} `) });

async function openInPortuguese(page: Page, url = PORTUGUESE_PAGE): Promise<void> {
  await page.goto(url);
  await expectScored(page);
}

async function expectScored(page: Page): Promise<void> {
  const scored = scores(page).filter({ hasText: /[+−]?\d+,\d\d\s*recompensa [+−]?\d,\d{3}\s*\d+ tokens?/ });
  await expectEach(responses(page), scored);
}

async function expectLanguage(page: Page, lang: "en" | "pt-BR"): Promise<void> {
  const { description, score } = lang === "en" ? english : portuguese;
  await expect(page.locator("html")).toHaveAttribute("lang", lang);
  await expect(page.locator('meta[name="description"]')).toHaveAttribute("content", description);
  await expect(page.getByRole("button", { name: score })).toBeVisible();
  await expect(choose(page, lang === "en" ? "EN" : "PT")).toHaveAttribute("aria-pressed", "true");
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`);
  expect(found).toEqual([]);
}

function listen(context: BrowserContext): string[] {
  const asked: string[] = [];
  context.on("request", (request) => asked.push(request.url()));
  return asked;
}

test("goes to Portuguese and back with texts, scores and model staying", async ({ page, context }) => {
  await openScored(page);
  await page.getByLabel("Response").nth(1).fill("Edited since.");
  const digits = async () =>
    (await scores(page).allInnerTexts()).map((text) => text.match(/[+−\d]+[.,]\d+/g));
  const before = await digits();
  const [worker] = page.workers();
  const asked = listen(context);
  await choose(page, "PT").click();
  await expectLanguage(page, "pt-BR");
  await expect(scores(page).first()).toContainText(SCORE_IN_PORTUGUESE);
  await expect(scores(page).nth(1)).toContainText("de um texto anterior");
  expect(await digits()).toEqual(before.map((found) => found!.map((number) => number.replace(".", ","))));
  await expect(prompt(page)).toHaveValue(EXAMPLES.en.prompt);
  await expect(responses(page).nth(1)).toHaveValue("Edited since.");
  await expect(choose(page, "PT")).toBeFocused();
  await choose(page, "EN").click();
  await expectLanguage(page, "en");
  expect(await digits()).toEqual(before);
  expect(asked).toEqual([]);
  expect(page.workers()[0]).toBe(worker);
});

test("has the example, the labels and the comma in Portuguese", async ({ page }) => {
  await openInPortuguese(page);
  await expect(prompt(page)).toHaveValue(EXAMPLES["pt-BR"].prompt);
  await expect(page.getByLabel("Alfa (α)")).toHaveAttribute("aria-valuetext", "10,0");
  await expect(page.getByText(/^A resposta \d lidera por \d+,\d\d$/)).toBeVisible();
  await expect(page.getByLabel("Modelo", { exact: true })).toHaveText("Modelo de demonstração");
  await prompt(page).fill("Por quê?");
  await page.getByRole("button", { name: "Voltar ao exemplo" }).click();
  await expect(prompt(page)).toHaveValue(EXAMPLES["pt-BR"].prompt);
});

test("remembers the language, but goes by the address first", async ({ page }) => {
  await holdModel(page);
  await page.goto(WASM_PAGE);
  await expectLanguage(page, "en");
  await choose(page, "PT").click();
  await expectLanguage(page, "pt-BR");
  expect(page.url()).not.toContain("lang");
  await page.reload();
  await expectLanguage(page, "pt-BR");
  await page.goto(`${WASM_PAGE}&lang=en`);
  await expectLanguage(page, "en");
  await choose(page, "PT").click();
  expect(new URL(page.url()).searchParams.get("lang")).toBe("pt-BR");
  await page.reload();
  await expectLanguage(page, "pt-BR");
  await choose(page, "EN").click();
  await page.goto(WASM_PAGE);
  await expectLanguage(page, "en");
});

test("reads a language of the address in any case and region, and takes a wrong one back", async ({
  page,
}) => {
  await holdModel(page);
  for (const lang of ["pt-br", "pt", "PT-PT"]) {
    await page.goto(`${WASM_PAGE}&lang=${lang}`);
    await expectLanguage(page, "pt-BR");
    await expect(page.getByText("não está disponível")).toHaveCount(0);
  }
  await page.goto("/?lang=xx&device=gpu");
  await expect(page.getByText("lang=xx is not available")).toBeVisible();
  await choose(page, "PT").click();
  await expect(page.getByText("device=gpu")).toBeVisible();
  await expect(page.getByText("lang=xx")).toHaveCount(0);
  expect(new URL(page.url()).searchParams.get("lang")).toBe("pt-BR");
});

test("works where the browser refuses to remember", async ({ page }) => {
  await holdModel(page);
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("refused", "SecurityError");
      },
    });
  });
  await page.goto(WASM_PAGE);
  await choose(page, "PT").click();
  await expectLanguage(page, "pt-BR");
});

test.describe("in a browser set to Portuguese", () => {
  test.use({ locale: "pt-PT" });

  test("is in Portuguese, unless the person or the address says otherwise", async ({ page }) => {
    await holdModel(page);
    await page.goto(WASM_PAGE);
    await expectLanguage(page, "pt-BR");
    await page.goto(`${WASM_PAGE}&lang=xx`);
    await expect(page.getByText("lang=xx não está disponível")).toBeVisible();
    await page.goto(`${WASM_PAGE}&lang=en`);
    await expectLanguage(page, "en");
    await page.goto(WASM_PAGE);
    await choose(page, "EN").click();
    await page.reload();
    await expectLanguage(page, "en");
  });
});

test("leaves no English word on the page in Portuguese", async ({ page }) => {
  await openScored(page);
  expect((await englishLeft(page)).length, "finds English where it is").toBeGreaterThan(20);
  await choose(page, "PT").click();
  expect(await englishLeft(page), "scored").toEqual([]);
  await responses(page).nth(0).fill("Paris. ".repeat(400));
  await responses(page).nth(1).fill("");
  expect(await englishLeft(page), "edited").toEqual([]);
  await page.getByRole("button", { name: "Pontuar" }).click();
  await expect(page.getByText(/^os últimos \d+ tokens não foram lidos$/)).toBeVisible();
  for (const name of ["Sobre este modelo", "Como ele é conferido", "Arquivos guardados"]) {
    await page.getByRole("button", { name }).click();
    await expect(page.getByRole("dialog", { name })).toBeVisible();
    expect(await englishLeft(page), name).toEqual([]);
    await page.getByRole("button", { name: "Fechar" }).click();
  }
  await page.getByRole("button", { name: /^WASM/ }).click();
  expect(await englishLeft(page), "backends").toEqual([]);
  const file = {
    name: "x.jsonl",
    mimeType: "text/plain",
    buffer: Buffer.from(`{"prompt":"a","response":"b"}\n{\n{"prompt":"c","response":"d"}`),
  };
  await page.getByLabel("Abrir um arquivo").and(page.locator("input")).setInputFiles(file);
  await expect(page.getByText("Aberta 1 resposta de x.jsonl.")).toBeVisible();
  await expect(page.getByText("outro prompt: 1 linha não é exibida")).toBeVisible();
  await expect(page.getByText(/^linha 2: era esperado um objeto com prompt e response/)).toBeVisible();
  expect(await englishLeft(page), "opened").toEqual([]);
});

test("says in Portuguese why a file could not be opened, and what to do", async ({ page }) => {
  await openInPortuguese(page);
  const open = (name: string, buffer: Buffer) =>
    page
      .getByLabel("Abrir um arquivo")
      .and(page.locator("input"))
      .setInputFiles({ name, mimeType: "text/plain", buffer });
  for (const encoding of ["latin1", "utf16le"] as const) {
    await open(`${encoding}.csv`, Buffer.from("\ufeffprompt;response\nPor quê?;Não sei.\n", encoding));
    await expect(page.getByText(`Nenhuma resposta encontrada em ${encoding}.csv.`)).toBeVisible();
    await expect(page.getByText(/^O arquivo não está em UTF-8: salve-o como CSV UTF-8/)).toBeVisible();
  }
  const files = { "empty.jsonl": "", "notes.txt": "Notas.", "pairs.csv": "prompt,chosen,rejected\np,a,b\n" };
  for (const [name, text] of Object.entries(files)) {
    await open(name, Buffer.from(text));
    await expect(page.getByText(`Nenhuma resposta encontrada em ${name}.`)).toBeVisible();
    await expect(page.getByText(/^Nenhuma linha com prompt e response foi encontrada: em CSV/)).toBeVisible();
    expect(await englishLeft(page), name).toEqual([]);
  }
  await open("huge.csv", Buffer.alloc(20_100_000));
  await expect(page.getByText("O arquivo tem 20,1 MB; são lidos no máximo 20,0 MB.")).toBeVisible();
  await open("part.jsonl", Buffer.from('{"prompt":"p","response":"a","reward":0.5}'));
  await expect(
    page.getByText(/1 recompensa não é comparada: sua linha não é um resultado completo/),
  ).toBeVisible();
});

for (const { lang, title, said } of [
  {
    lang: "pt-BR",
    title: "says of the model in Portuguese what its folder has in Portuguese",
    said: [/^Um pequeno modelo de demonstração/, /^HH harmless.*preferências humanas/, /^Poucos dos textos/],
  },
  {
    lang: "en",
    title: "says of the model's own English that it is, where its folder has no other",
    said: [/^A small demonstration model/, /^HH harmless.*human preferences/, /^Few of the texts/],
  },
]) {
  test(title, async ({ page }) => {
    await changeManifest(page, (manifest) => {
      if (lang === "en") delete manifest.translations;
    });
    await openInPortuguese(page);
    await page.getByRole("button", { name: "Sobre este modelo" }).click();
    await expect(page.getByText("inglês e português (Brasil)")).toBeVisible();
    for (const words of said) {
      const found = page.getByText(words);
      expect(await found.evaluate((element) => element.closest("[lang]")?.getAttribute("lang"))).toBe(lang);
    }
  });
}

test("leaves none while loading, when cancelled and when it failed", async ({ page }) => {
  await holdModel(page);
  await page.goto(`${PORTUGUESE_PAGE}&device=gpu&alpha=99&model=nope`);
  await expect(page.getByRole("progressbar")).toBeVisible();
  expect(await englishLeft(page), "loading").toEqual([]);
  await page.getByRole("button", { name: "Cancelar" }).click();
  expect(await englishLeft(page), "cancelled").toEqual([]);
  await page.unroute("**/reward.json");
  await missModel(page);
  await page.getByRole("button", { name: "Carregar modelo" }).click();
  await expect(page.getByRole("heading", { name: "O modelo não foi encontrado" })).toBeVisible();
  expect(await englishLeft(page), "failed").toEqual([]);
  await page.goto(`${PORTUGUESE_PAGE}&model=${encodeURIComponent("https://models.example/a")}`);
  await expect(
    page.getByRole("heading", { name: "Carregar um modelo de https://models.example?" }),
  ).toBeVisible();
  expect(await englishLeft(page), "asking").toEqual([]);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test("is accessible in Portuguese", async ({ page }) => {
      await openInPortuguese(page);
      await responses(page).nth(1).fill("Outra coisa.");
      await expectAccessible(page);
      await page.getByRole("button", { name: "Sobre este modelo" }).click();
      await expectAccessible(page);
    });
  });
}

test("needs no sideways scrolling on a narrow screen in Portuguese", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openInPortuguese(page);
  await prompt(page).fill("a".repeat(300));
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
});

test("keeps its header's choices beside its name in Portuguese", async ({ page }) => {
  await openInPortuguese(page);
  const middle = async (locator: Locator) => {
    const { y, height } = (await locator.boundingBox())!;
    return y + height / 2;
  };
  for (const width of [360, 768, 840, 1160]) {
    await page.setViewportSize({ width, height: 740 });
    const name = await middle(page.getByRole("heading", { level: 1 }));
    expect(Math.abs((await middle(choose(page, "PT"))) - name), `language at ${width}`).toBeLessThan(8);
    const theme = page.getByRole("button", { name: "Tema escuro" });
    expect(Math.abs((await middle(theme)) - name), `colours at ${width}`).toBeLessThan(8);
  }
});
