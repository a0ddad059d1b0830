import { type APIRequestContext, expect, test } from "@playwright/test";
import { expectedNumber, expectedText, numberIn, printedCells, printedNumbers } from "./printed-cells.ts";
import { PREFIXES, type PublishedPicture, publishedPictures, SPOKEN } from "./published.ts";

for (const language of SPOKEN) {
  test(`${language}: every number of the certificate is the one at its path, written for the language`, async ({
    page,
    request,
  }) => {
    for (const { path, release } of await publishedPictures(request)) {
      for (const end of ["", "/method"]) {
        await page.goto(`${PREFIXES[language]}${path}${end}`);
        const printed = await printedNumbers(page);
        expect(printed.length, `${path}${end}`).toBeGreaterThan(0);
        for (const one of printed) {
          const value = numberIn(release, one.path);
          expect(typeof value, one.path).toBe("number");
          expect(one.text, one.path).toBe(expectedNumber(one.path, value as number, language));
        }
      }
    }
  });

  test(`${language}: the cells of the method card are the cells that they name`, async ({ page, request }) => {
    for (const { path, cells } of await publishedPictures(request)) {
      await page.goto(`${PREFIXES[language]}${path}/method`);
      for (const one of await printedCells(page)) {
        const cell = cells.get(one.key);
        expect(cell, one.key).toBeTruthy();
        if (cell) expect(one.text, `${one.key} ${one.part}`).toBe(expectedText(cell, one, language));
      }
    }
  });
}

test("the verdict stands at the head with what it rests on, and the whole of it is one link away", async ({
  page,
  request,
}) => {
  for (const { path } of await publishedPictures(request)) {
    await page.goto(path);
    await expect(page.locator(".headline-first")).not.toBeEmpty();
    await expect(page.locator(".certificate-verdict")).not.toBeEmpty();
    expect(await page.locator(".certificate li").count()).toBeGreaterThan(0);
    await page.locator(".certificate summary").click();
    await page.locator(".certificate a").click();
    await expect(page).toHaveURL(/\/method#segments$/);
    await expect(page.locator("#segments .verdict")).toBeInViewport();
  }
});

test("every segment says how stable it is and opens what else is known of it", async ({ page, request }) => {
  const picture = await shaped(request, ["segments", "profiles-on-a-continuum", "untested"]);
  test.skip(picture === null, "no picture with segments is published");
  if (!picture) return;
  await page.goto(picture.path);
  const { segments } = picture.release.segmentation.certificate;
  await expect(page.locator("#groups .segment-certificate")).toHaveCount(segments.length);
  for (const card of await page.locator("#groups .segment-certificate").all()) {
    await expect(card.locator('[data-certificate$=".stability"]').first()).toBeVisible();
    await card.locator("summary").click();
    await expect(card.locator(".segment-details")).toBeVisible();
  }
});

test("a picture without segments leads with levels or pile-ups, in words and not in letters", async ({
  page,
  request,
}) => {
  const picture = await shaped(request, ["level-only", "one-question", "none"]);
  test.skip(picture === null, "no picture whose verdict is level-only, one-question or none is published yet");
  if (!picture) return;
  const { path, release } = picture;
  const leading = release.segmentation.verdict === "level-only" ? "band" : "troubles";
  await page.goto(path);
  const cards = page.locator("#groups a.group-card");
  expect(await cards.count()).toBe(release.variables.find(({ id }) => id === leading)?.codes.length);
  for (const name of await cards.locator(".group-card-name").allTextContents())
    expect(name.trim()).toMatch(/^\p{Lu}\p{L}+ \p{L}/u);
  await expect(page.locator("#groups .segment-certificate")).toHaveCount(0);
  const keys = (await printedCells(page)).map(({ key }) => key);
  expect(keys.filter((key) => key.includes("segment="))).toEqual([]);
  // From the best off to the worst off, which the outcome shows without having made the groups.
  const outcome = await page
    .locator('#groups .group-facts [data-cell^="dimension.subjective/"][data-part=value]')
    .evaluateAll((elements) => elements.map((one) => Number((one as HTMLDataElement).value)));
  if (outcome.length > 1) expect(outcome[0]).toBeGreaterThan(outcome.at(-1) ?? Number.NaN);
  await expect(page.locator("#pile-up")).toBeVisible();
  // Levels are a filter where they do not lead.
  const columns = page.locator(".closer select[name=groups] option");
  expect(await columns.evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value))).toContain("band");
});

test("a grouping that does not lead can be asked for in the closer look, by address and by hand alike", async ({
  page,
  request,
}) => {
  const [picture] = await publishedPictures(request);
  await page.goto(picture?.path ?? "/");
  await page.waitForLoadState("networkidle");
  const select = page.locator(".closer select[name=groups]");
  const other = await select.locator("option").last().getAttribute("value");
  await select.selectOption(other ?? "");
  await page.locator(".closer button").click();
  await expect(page).toHaveURL(new RegExp(`groups=${other}`));
  const table = page.locator(".closer table");
  await expect(table).toBeVisible();
  expect(await table.locator(`[data-cell*="${other}="]`).count()).toBeGreaterThan(0);
  const byHand = await table.textContent();
  await page.reload();
  await expect(table).toBeVisible();
  expect(await table.textContent()).toBe(byHand);
});

/** The first published picture of one of these verdicts; null when there is none. */
async function shaped(request: APIRequestContext, verdicts: string[]): Promise<PublishedPicture | null> {
  const pictures = await publishedPictures(request);
  return pictures.find(({ release }) => verdicts.includes(release.segmentation.verdict)) ?? null;
}
