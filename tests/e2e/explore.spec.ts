import { expect, type Page, test } from "@playwright/test";
import type { Cell } from "../../data/contracts/cell.ts";
import { expectedText, printedCells } from "./printed-cells.ts";
import { firstPicture, PREFIXES, publishedPictures, SPOKEN } from "./published.ts";

/** The browser's own engine has started: from now on it answers. */
async function started(page: Page) {
  await expect(page.locator(".explore")).toHaveAttribute("data-engine", "ready", { timeout: 30_000 });
}

const rows = (page: Page, field: string) => page.locator(`.explore-row:has(input[name="${field}"])`);

/** Some fields and codes that can be chosen, beside the dimensions and the wave. */
async function someChoices(page: Page): Promise<[field: string, code: string][]> {
  const all = await page
    .locator(".explore-row input")
    .evaluateAll((inputs) => (inputs as HTMLInputElement[]).map(({ name, value }): [string, string] => [name, value]));
  const cuts = all.filter(([name, value]) => !["dimension", "wave"].includes(name) && value !== "");
  return cuts.filter((_, place) => place % 5 === 0).slice(0, 4);
}

for (const language of SPOKEN)
  test(`${language}: every figure is the cell that it names, whatever is chosen`, async ({ page, request }) => {
    for (const { path, cells } of await publishedPictures(request)) {
      await page.goto(`${PREFIXES[language]}${path}/explore`);
      await started(page);
      let looked = 0;
      for (const [field, code] of [["", ""], ...(await someChoices(page))] as const) {
        if (field) await rows(page, field).locator(`input[value="${code}"]`).click();
        await page
          .locator(".explore-chart details")
          .first()
          .evaluate((one: HTMLDetailsElement) => {
            one.open = true;
          });
        const wrong = (await printedCells(page)).filter(
          (one) => one.text !== expectedText(cells.get(one.key) as Cell, one, language),
        );
        expect(wrong).toEqual([]);
        looked += (await printedCells(page)).length;
      }
      expect(looked).toBeGreaterThan(500);
    }
  });

test("the engine finds what the server finds: the same page, chosen by hand and by address", async ({
  page,
  request,
}) => {
  for (const { path } of await publishedPictures(request)) {
    await page.goto(`${path}/explore`);
    await started(page);
    const asked: string[] = [];
    page.on("request", (one) => one.url().includes("/api/") && asked.push(one.url()));
    for (const [field, code] of await someChoices(page)) {
      await rows(page, field).locator(`input[value="${code}"]`).click();
      await expect(page).toHaveURL(new RegExp(`[?&]${field}=${code.replace("+", "(\\+|%2B)")}`));
      const byHand = await page.locator(".explore-charts").textContent();
      const other = await page.context().newPage();
      await other.route("**/engine/**", (route) => route.abort());
      await other.goto(page.url());
      expect(await other.locator(".explore-charts").textContent()).toBe(byHand);
      expect(await other.locator(".explore-answer").textContent()).toBe(
        await page.locator(".explore-answer").textContent(),
      );
      await other.close();
    }
    expect(asked).toEqual([]);
  }
});

test("a measure that is no dimension is drawn from its own cells, and the dimensions stay", async ({
  page,
  request,
}) => {
  const { path, release } = await firstPicture(request);
  const service = release.measures.find(({ id }) => /^service\..*\.used$/.test(id));
  await page.goto(`${path}/explore`);
  await started(page);
  await page.locator(".explore-measure select").selectOption(service?.id ?? "");
  await expect(page.locator(".explore-answer [data-cell]").first()).toHaveAttribute(
    "data-cell",
    new RegExp(`^${service?.id}/percent`),
  );
  await expect(rows(page, "dimension").locator("[data-cell]").first()).toHaveAttribute("data-cell", /^dimension\./);
  await expect(page).toHaveURL(new RegExp(`measure=${service?.id}`));
});

test("arrows walk the rows of a chart, and every step is shown in all charts", async ({ page, request }) => {
  const { path } = await firstPicture(request);
  await page.goto(`${path}/explore`);
  await started(page);
  const [field = ""] = (await someChoices(page))[0] ?? [];
  const first = rows(page, field).locator("input").first();
  await first.focus();
  for (const place of [1, 2]) {
    await page.keyboard.press("ArrowDown");
    await expect(rows(page, field).locator("input").nth(place)).toBeChecked();
    await expect(rows(page, field).locator("input").nth(place)).toBeFocused();
    const name = await rows(page, field).nth(place).locator(".explore-name").textContent();
    await expect(page.locator(".explore-whom")).toHaveText(name ?? "");
  }
});

for (const lacking of ["*.worker.js", "*.wasm"])
  test(`planted: without the engine's ${lacking} the server answers, and the page says so`, async ({
    page,
    request,
  }) => {
    const { path } = await firstPicture(request);
    await page.route(`**/engine/**/${lacking}`, (route) => route.abort());
    await page.clock.install();
    await page.goto(`${path}/explore`, { waitUntil: "networkidle" });
    await page.clock.fastForward(60_000);
    await expect(page.locator(".explore")).toHaveAttribute("data-engine", "absent");
    await expect(page.locator(".explore-status")).not.toBeEmpty();
    const [field = "", code = ""] = (await someChoices(page))[0] ?? [];
    const asked = page.waitForResponse("**/api/trpc/picture.around**");
    await rows(page, field).locator(`input[value="${code}"]`).click();
    expect((await asked).ok()).toBe(true);
    await expect(page.locator(".explore-answer [data-cell]").first()).toHaveAttribute(
      "data-cell",
      new RegExp(`${field}=${code}`),
    );
  });

test("without script the form asks for the same", async ({ browser, page, request, baseURL }) => {
  const { path } = await firstPicture(request);
  await page.goto(`${path}/explore`);
  await started(page);
  const [field = "", code = ""] = (await someChoices(page))[0] ?? [];
  await rows(page, field).locator(`input[value="${code}"]`).click();
  await expect(page).toHaveURL(new RegExp(`${field}=`));
  const withScript = await page.locator(".explore-charts").textContent();
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const plain = await context.newPage();
  await plain.goto(`${path}/explore`);
  await plain.locator(`input[name="${field}"][value="${code}"]`).check();
  await plain.locator(".explore button[type=submit]").click();
  expect(await plain.locator(".explore-charts").textContent()).toBe(withScript);
  const other = plain.locator('input[name="dimension"]:not(:checked)').first();
  const measure = await other.getAttribute("value");
  await other.check();
  await plain.locator(".explore button[type=submit]").click();
  await expect(plain.locator(".explore-answer [data-cell]").first()).toHaveAttribute(
    "data-cell",
    new RegExp(`^${measure}/.*${field}=${code}`),
  );
  await context.close();
});

test("a protected cell is answered by the closest that is published, as a code that nobody has", async ({
  page,
  request,
}) => {
  let looked = 0;
  for (const { path, release } of await publishedPictures(request)) {
    const wave = release.variables.find(({ id }) => id === "wave")?.codes.at(-1)?.code;
    const hidden = release.cells.filter(
      ({ measure, figure, at }) =>
        measure === "dimension.health" &&
        figure.kind === "protected" &&
        at.wave === wave &&
        Object.keys(at).length === 3,
    );
    for (const { at } of hidden.filter((_, place) => place % Math.ceil(hidden.length / 3) === 0)) {
      const { wave: _wave, ...cut } = at;
      const [last = ""] = release.variables.flatMap(({ id }) => (id in cut ? [id] : [])).slice(-1);
      const answers = [];
      for (const asked of [cut, { ...cut, [last]: "nobody" }]) {
        await page.goto(`${path}/explore?${new URLSearchParams({ measure: "dimension.health", ...asked })}`);
        await expect(page.locator(".explore-closest")).toBeVisible();
        answers.push(await page.locator(".explore-answer").textContent());
      }
      expect(answers[1]).toBe(answers[0]);
      looked++;
    }
  }
  expect(looked).toBeGreaterThan(2);
});

test("the stream, the engine and nothing else are fetched, from here alone", async ({ page, request, baseURL }) => {
  const { path } = await firstPicture(request);
  const elsewhere: string[] = [];
  page.on("request", (one) => one.url().startsWith(baseURL ?? "") || elsewhere.push(one.url()));
  const wasm = page.waitForResponse("**/duckdb-eh.wasm");
  await page.goto(`${path}/explore`);
  await started(page);
  const { "content-encoding": encoding, "cache-control": kept, "content-type": type } = await (await wasm).allHeaders();
  expect([encoding, kept, type]).toEqual(["gzip", "public, max-age=31536000, immutable", "application/wasm"]);
  await page.waitForTimeout(500);
  expect(elsewhere).toEqual([]);
});
