import { expect, type Page, test } from "@playwright/test";
import { expectedText, printedCells } from "./printed-cells.ts";
import { firstPicture, PREFIXES, publishedPictures, SPOKEN } from "./published.ts";

const asked = (path: string, compare: string) => `${path}?compare=${encodeURIComponent(compare)}`;
const heading = (page: Page) =>
  page
    .locator("#compare-finding")
    .textContent()
    .then((text) => text ?? "");
const chosen = (page: Page) =>
  page.locator("#compare select").evaluateAll((all) => all.map((one) => (one as HTMLSelectElement).value));

/** The numbers and words of the block, without what only a script says. */
const shown = (page: Page) => page.locator("#compare .twin table").textContent();

test("each comparison that is offered says stored comparisons alone, in every language", async ({ page, request }) => {
  test.slow();
  for (const { path, cells } of await publishedPictures(request)) {
    await page.goto(path);
    const offered = await page
      .locator("#compare nav a")
      .evaluateAll((links) => links.map((one) => new URL((one as HTMLAnchorElement).href).searchParams.get("compare")));
    expect(offered.length).toBeGreaterThan(2);
    // What is offered is built alike everywhere: each kind of side is looked at in three of them.
    for (const [place, compare] of offered.slice(0, 3).entries()) {
      const language = SPOKEN[place % SPOKEN.length] ?? "fi";
      await page.goto(asked(`${PREFIXES[language]}${path}`, compare ?? ""));
      await expect(page.locator("#compare [role=alert]")).toHaveCount(0);
      const printed = (await printedCells(page)).filter(({ part }) => part.startsWith("difference"));
      for (const one of printed) {
        const cell = cells.get(one.key);
        const stored =
          cell?.figure.kind === "value" && cell.figure.versus.find(({ against }) => against === one.against);
        expect(stored, `${one.key} against ${one.against}`).toBeTruthy();
        if (cell) expect(one.text, one.key).toBe(expectedText(cell, one, language));
      }
      // One row for each dimension, and as many verdicts as differences.
      const rows = page.locator("#compare .compare-rows li");
      expect(await rows.count()).toBe(
        new Set([...cells.keys()].filter((key) => key.startsWith("dimension.")).map((key) => key.split("/")[0])).size,
      );
      for (const row of await rows.all())
        expect(
          (await row.locator("[data-part=difference]").count()) + (await row.locator(".not-compared").count()),
        ).toBe(1);
    }
  }
});

test("the address alone gives the same comparison, with and without script", async ({
  browser,
  page,
  request,
  baseURL,
}) => {
  const { path } = await firstPicture(request);
  await page.goto(path);
  await page.waitForLoadState("networkidle");
  await page.locator("#compare select[name=second]").selectOption("all");
  await page.locator("#compare form button").click();
  await expect(page).toHaveURL(/compare=[^&]+:all#compare$/);
  await expect(page.locator("#compare select[name=second]")).toHaveValue("all");
  await page.locator("#compare .twin:not(.take) summary").click();
  const withScript = [await heading(page), await shown(page)];
  const address = new URL(page.url());
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const plain = await context.newPage();
  await plain.goto(path);
  await plain.locator("#compare select[name=second]").selectOption("all");
  await plain.locator("#compare form button").click();
  await plain.locator("#compare .twin:not(.take) summary").click();
  expect([await heading(plain), await shown(plain)]).toEqual(withScript);
  await plain.goto(`${address.pathname}${address.search}`);
  await plain.locator("#compare .twin:not(.take) summary").click();
  expect([await heading(plain), await shown(plain)]).toEqual(withScript);
  expect(await plain.locator("#compare .figure-links a").nth(1).getAttribute("href")).toContain("compare=");
  await context.close();
});

test("a choice by keyboard keeps the reader's place and focus, is announced, and back and forward undo and redo it", async ({
  page,
  request,
}) => {
  const { path } = await firstPicture(request);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(path);
  await page.waitForLoadState("networkidle");
  const first = { heading: await heading(page), chosen: await chosen(page) };
  const link = page.locator('#compare nav a:not([aria-current="true"])').first();
  await link.focus();
  const scrolled = await page.evaluate(() => window.scrollY);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/compare=/);
  await expect.poll(() => heading(page)).not.toBe(first.heading);
  const second = { heading: await heading(page), chosen: await chosen(page) };
  // The heading may have become longer or shorter: the page moves by that at most.
  expect(Math.abs((await page.evaluate(() => window.scrollY)) - scrolled)).toBeLessThan(200);
  expect(await page.evaluate(() => document.activeElement?.closest("#compare nav") !== null)).toBe(true);
  await expect(page.locator(".compare-status")).toContainText(second.heading.slice(0, 12));
  await page.goBack();
  await expect.poll(() => heading(page)).toBe(first.heading);
  expect(await chosen(page)).toEqual(first.chosen);
  await page.goForward();
  await expect.poll(() => heading(page)).toBe(second.heading);
  expect(await chosen(page)).toEqual(second.chosen);
  await page.reload();
  expect(await heading(page)).toBe(second.heading);
});

test("what is not published, or is an attack, is answered by one sentence and a comparison, and echoes nothing", async ({
  page,
  request,
}) => {
  test.slow();
  const { path, release } = await firstPicture(request);
  const area = release.variables.find(({ id }) => id === "area") ?? release.variables.at(-1);
  const known = `${area?.id}:${area?.codes[0]?.code}`;
  const sentences = new Set<string>();
  for (const compare of [
    ...["area:nowhere:elsewhere", `${known}:nowhere`, known, ":::", "__proto__:constructor:toString"],
    ...['area:"><script>window.attacked=1</script>:b', "area:' OR 1=1 --:x", "area:../../etc/passwd:x"],
    ...[`area:${"x".repeat(2000)}:y`, "wave:1:2"],
  ]) {
    const response = await page.goto(asked(path, compare));
    expect(response?.status(), compare.slice(0, 40)).toBe(200);
    sentences.add((await page.locator("#compare [role=alert]").textContent()) ?? "");
    expect((await heading(page)).length).toBeGreaterThan(10);
    expect(await page.evaluate(() => (window as { attacked?: number }).attacked)).toBeUndefined();
  }
  expect([...sentences]).toHaveLength(1);
  await page.goto(asked(path, `${known}:${area?.codes[0]?.code}`));
  const same = (await page.locator("#compare [role=alert]").textContent()) ?? "";
  expect(sentences.has(same)).toBe(false);
});

test("only what has a published number is offered", async ({ page, request }) => {
  for (const { path, cells } of await publishedPictures(request)) {
    await page.goto(path);
    const variable = await page.locator("#compare form input[name=compare]").getAttribute("value");
    const codes = await page
      .locator("#compare select[name=first] option")
      .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
    for (const code of codes)
      expect(
        [...cells.values()].some(
          ({ at, measure, figure }) =>
            measure.startsWith("dimension.") &&
            at[variable ?? ""] === code &&
            Object.keys(at).length === 2 &&
            figure.kind === "value",
        ),
        `${variable} ${code}`,
      ).toBe(true);
  }
});
