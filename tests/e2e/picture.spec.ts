import { readdirSync, readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import type { Release } from "../../data/contracts/release.ts";
import { MESSAGES } from "../../data/words/messages.ts";
import { expectedText, printedCells } from "./printed-cells.ts";
import { firstPicture, PREFIXES, publishedPictures, SPOKEN, unfoldAll } from "./published.ts";

for (const language of SPOKEN) {
  test(`${language}: every figure on the page is the cell that it names, written for the language`, async ({
    page,
    request,
  }) => {
    for (const { path, cells, release } of await publishedPictures(request)) {
      for (const wave of release.variables.find(({ id }) => id === "wave")?.codes ?? []) {
        await page.goto(`${PREFIXES[language]}${path}?wave=${wave.code}`);
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        const printed = await printedCells(page);
        expect(printed.length).toBeGreaterThan(20);
        for (const one of printed) {
          const cell = cells.get(one.key);
          expect(cell, one.key).toBeTruthy();
          if (cell) expect(one.text, `${one.key} ${one.part}`).toBe(expectedText(cell, one, language));
        }
      }
    }
  });
}

test("no number of a picture stands without its cell", async ({ page, request }) => {
  for (const { path, release } of await publishedPictures(request)) {
    await page.goto(path);
    expect(await strayNumbers(page, release)).toEqual([]);
  }
});

test("planted: a number that lost its cell is seen, in every block that has one", async ({ page, request }) => {
  const { path, release } = await firstPicture(request);
  await page.goto(path);
  await unfoldAll(page);
  const planted = await page.locator(".picture-section").evaluateAll((sections) =>
    sections.flatMap((section) => {
      const number = section.querySelector("figure data[data-cell], .twin data[data-cell]");
      number?.removeAttribute("data-cell");
      return number ? [section.id] : [];
    }),
  );
  expect(planted.length).toBeGreaterThan(3);
  const seen = (await strayNumbers(page, release)).map(({ section }) => section);
  expect(planted.filter((section) => !seen.includes(section))).toEqual([]);
});

test("every figure has marks, or says in words why it has none; and it has a cell", async ({ page, request }) => {
  for (const { path, release } of await publishedPictures(request)) {
    for (const wave of release.variables.find(({ id }) => id === "wave")?.codes ?? []) {
      await page.goto(`${path}?wave=${wave.code}`);
      expect(await page.locator("figure").count()).toBeGreaterThan(2);
      expect(await bareFigures(page), `${path} ${wave.code}`).toEqual([]);
    }
  }
});

test("planted: a figure whose marks or cells are gone is seen", async ({ browser, baseURL, request }) => {
  // Without script nothing draws anew what is taken away.
  const page = await (await browser.newContext({ javaScriptEnabled: false, baseURL })).newPage();
  const { path } = await firstPicture(request);
  await page.goto(path);
  const figures = await page.locator("section:has(figure)").evaluateAll((all) => all.map(({ id }) => id));
  await page.locator("figure").evaluateAll((all, marks) => {
    for (const figure of all) for (const mark of figure.querySelectorAll(marks)) mark.remove();
  }, `${MARKS}, ${WORDS}`);
  expect((await bareFigures(page)).map(({ section }) => section)).toEqual(figures);
  await page.goto(path);
  await page.locator("[data-cell]").evaluateAll((all) => {
    for (const one of all) one.removeAttribute("data-cell");
  });
  const withoutCells = await bareFigures(page);
  expect(withoutCells.length).toBeGreaterThan(2);
  for (const { problem } of withoutCells) expect(problem).toBe("no cell");
  await page.context().close();
});

test("a difference that is not settled looks and reads unsettled, a settled one settled", async ({ page, request }) => {
  const { path, cells } = await firstPicture(request);
  await page.goto(path);
  const shown = await page.locator(".fingerprint .difference").evaluateAll((elements) =>
    elements.map((element) => ({
      key: element.querySelector("[data-cell]")?.getAttribute("data-cell") ?? "",
      settled: element.classList.contains("settled"),
      coloured: /\b(up|down)-\d\b/.test(element.closest("td")?.className ?? ""),
    })),
  );
  for (const { key, settled, coloured } of shown) {
    const figure = cells.get(key)?.figure;
    const versus = figure?.kind === "value" ? figure.versus.find(({ against }) => against === "everyone") : undefined;
    expect(settled, key).toBe(versus?.settled);
    expect(coloured, key).toBe(versus?.settled === true && versus.difference !== 0);
  }
});

test("marks and table twin hold the same cells with the same numbers", async ({ page, request }) => {
  const { path } = await firstPicture(request);
  await page.goto(path);
  await unfoldAll(page);
  for (const id of ["groups", "dimensions", "levels", "pile-up"]) {
    const section = page.locator(`section#${id}`);
    if ((await section.count()) === 0) continue;
    const values = (selector: string) =>
      section
        .locator(`${selector} [data-cell][data-part=value]`)
        .evaluateAll((elements) =>
          [...new Set(elements.map((one) => `${one.getAttribute("data-cell")} ${one.textContent}`))].sort(),
        );
    const marks = await values("figure");
    const table = await values(".twin");
    expect(table.length).toBeGreaterThan(0);
    for (const mark of marks.filter((one) => !one.startsWith("persons/count?"))) {
      if (id === "dimensions" && mark.startsWith("persons/")) continue;
      expect(table, id).toContain(mark);
    }
  }
});

test("what the page must say of its data is there", async ({ page, request }) => {
  const { path, release } = await firstPicture(request);
  await page.goto(path);
  await unfoldAll(page);
  if (release.synthetic) await expect(page.locator(".banner")).toBeVisible();
  if (release.protection === "threshold-only") await expect(page.locator(".protection")).toBeVisible();
  for (const figure of await page.locator("section.picture-section:has(figure)").all()) {
    await expect(figure.locator("h2")).not.toBeEmpty();
    await expect(figure.locator(".sentence")).not.toBeEmpty();
    expect(await figure.locator(".twin table").count()).toBeGreaterThan(0);
    await expect(figure.locator(".source")).not.toBeEmpty();
    await expect(figure.locator('.figure-links a[href*="release="]')).toHaveCount(1);
  }
});

test("the wave is in the address, and the respondents of each wave are exact", async ({ page, request }) => {
  const { path, release } = await firstPicture(request);
  const waves = release.variables.find(({ id }) => id === "wave")?.codes ?? [];
  for (const { code } of waves) {
    await page.goto(`${path}?wave=${code}`);
    const surveys = release.inputs.filter(({ role, waves: own }) => role === "survey" && own.includes(code));
    if (surveys.some(({ waves: own, respondents }) => own.length !== 1 || respondents === null)) continue;
    const exact = surveys.reduce((sum, { respondents }) => sum + (respondents ?? 0), 0);
    const facts = ((await page.locator(".facts").textContent()) ?? "").replaceAll(/[\u00a0\u202f ]/g, "");
    expect(facts).toContain(`${exact}vastaajaa`);
    if (waves.length > 1)
      await expect(page.locator('.wave-switch [aria-current="true"]')).toHaveAttribute(
        "href",
        new RegExp(`wave=${code}`),
      );
  }
});

test("a fixed link shows that release; an unknown one is a page that says so", async ({ page, request }) => {
  const { path, pointer, lifeEvent } = await firstPicture(request);
  expect((await page.goto(`${path}?release=${pointer.release}`))?.status()).toBe(200);
  for (const wrong of [
    `${path}?release=${lifeEvent}.000000000000`,
    `${path}?release=${encodeURIComponent("../../etc/passwd")}`,
    "/pictures/nobody-has-this",
    "/nothing/here",
  ]) {
    const answer = await page.goto(wrong);
    expect(answer?.status(), wrong).toBe(404);
    await expect(page.locator("h1")).not.toBeEmpty();
    await expect(page.locator("main a.button")).toBeVisible();
  }
});

/** What stands for one number in a chart. */
const MARKS = ".mark, .band, .share-line, .tile-value, [data-mark], figure .data-table [data-cell]";
/** What says that there is none, and why. */
const WORDS = ".kind, .empty-face";

/** Figures without a mark or words for its absence, and those of which neither chart nor table names a cell. */
async function bareFigures(page: Page): Promise<{ section: string; problem: string }[]> {
  await unfoldAll(page);
  return page.locator("figure").evaluateAll(
    (figures, [marks = "", words = ""]) =>
      figures.flatMap((figure) => {
        const section = figure.closest("section");
        const says = figure.querySelector(words) !== null;
        const cells = section?.querySelectorAll("figure [data-cell], .twin [data-cell]") ?? [];
        const ownCells = [...cells].filter((one) => !one.closest("figcaption"));
        if (figure.querySelector(marks) === null && !says) return [{ section: section?.id ?? "", problem: "no mark" }];
        if (ownCells.length === 0 && !figure.querySelector(".empty-face"))
          return [{ section: section?.id ?? "", problem: "no cell" }];
        return [];
      }),
    [MARKS, WORDS],
  );
}

/** Texts of a picture's sections with digits that no cell, no number of the release, no name and no words account for. */
async function strayNumbers(page: Page, release: Release): Promise<{ section: string; text: string }[]> {
  await unfoldAll(page);
  const known = [...namesWithDigits(release), ...wordsWithDigits()].sort((one, other) => other.length - one.length);
  const texts = await page.locator(".picture-section").evaluateAll((sections) =>
    sections.flatMap((section) => {
      const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
      const found: { section: string; text: string }[] = [];
      while (walker.nextNode()) {
        const { parentElement: element, textContent } = walker.currentNode;
        const text = (textContent ?? "").toLowerCase();
        if (
          /\d/.test(text) &&
          !element?.closest("[data-cell], [data-certificate], [data-reference], [data-places], svg, form, script")
        )
          found.push({ section: section.id, text });
      }
      return found;
    }),
  );
  return texts
    .filter(({ text }) => !SAID_OF_THE_DATA.some((said) => said.test(text)))
    .map(({ section, text }) => ({ section, text: known.reduce((left, one) => left.replaceAll(one, " "), text) }))
    .filter(({ text }) => /\d/.test(text));
}

/** What is counted of the release's own cells, the policy's limit, the rate of answers of a source: no cell can say it. */
const { protected: isProtected, uncertain, audited, responseRate } = MESSAGES.fi.pages.unknown;
const SAID_OF_THE_DATA = [isProtected, uncertain, audited, responseRate].map((message) => {
  const text = message.toLowerCase().replaceAll(".", "\\.").replace("{name}", ".+");
  return new RegExp(`^${text.replaceAll(/\{\w+\}/g, "[\\d\\s%,]+")}$`, "u");
});

/** National references that stand beside a picture; their numbers name where they are from. */
const REFERENCES = new URL("../../data/references/", import.meta.url);

/** Names of the release that hold digits of their own, and its times: "30 or over", "2025-autumn", "10/2020". A bare number is none. */
function namesWithDigits(release: Release): string[] {
  const texts: string[] = [];
  const gather = (node: unknown): void => {
    if (typeof node === "string") texts.push(node);
    else if (typeof node === "object" && node !== null) for (const one of Object.values(node)) gather(one);
  };
  gather({ ...release, cells: [] });
  for (const file of readdirSync(REFERENCES).filter((name) => name.endsWith(".json")))
    gather(JSON.parse(readFileSync(new URL(file, REFERENCES), "utf8")));
  const months = texts.flatMap((text) => {
    const [, year, month] = /^(\d{4})-(\d\d)$/.exec(text) ?? [];
    return year ? [`${Number(month)}/${year}`] : [];
  });
  const isName = (text: string) =>
    /\d/.test(text) && (/\p{L}{2}/u.test(text) || /^\d{4}(-(\d\d|Q\d))?$|^\d+\/\d{4}$/.test(text));
  return [...new Set([...texts, ...months])].filter(isName).map((text) => text.toLowerCase());
}

/** What the words themselves say in digits, such as how sure an interval is; a bare number is none. */
function wordsWithDigits(): string[] {
  const inside = (node: unknown): string[] =>
    typeof node === "string"
      ? node.split(/<[^>]*>|[{}]|\b\w+, (?:select|plural),/)
      : Object.values(node as object).flatMap(inside);
  return inside(MESSAGES.fi)
    .map((text) => text.trim().toLowerCase())
    .filter((text) => /\d/.test(text) && /\p{L}{3}/u.test(text));
}
