import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { type PublishedPicture, publishedPictures } from "./published.ts";

/** A picture whose areas stand on a map of tiles. */
async function mapped(request: APIRequestContext, page: Page): Promise<PublishedPicture> {
  for (const picture of await publishedPictures(request)) {
    await page.goto(picture.path);
    if ((await page.locator("#where a.tile").count()) > 0) return picture;
  }
  throw new Error("no picture has a map");
}

const chosen = (page: Page) => page.locator('#where a.tile[aria-current="true"]');

test("arrows walk over the map from one tab stop; Enter shows a place's numbers, the address carries it, Escape lets go", async ({
  page,
  request,
}) => {
  const { release } = await mapped(request, page);
  const stops = page.locator('#where a.tile[tabindex="0"]');
  await expect(stops).toHaveCount(1);
  await stops.focus();
  const before = await stops.getAttribute("data-tile");
  await page.keyboard.press("ArrowDown");
  await expect(stops).toBeFocused();
  const code = await stops.getAttribute("data-tile");
  expect(code).not.toBe(before);
  await expect(chosen(page)).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(chosen(page)).toHaveAttribute("data-tile", code ?? "");
  await expect(page).toHaveURL(new RegExp(`place=${code}`));
  const area = release.variables.find(({ id }) => id === "area")?.codes.find((one) => one.code === code);
  await expect(page.locator(".tile-panel h3")).toHaveText(area?.name.fi ?? "no such area");
  const cells = await page
    .locator(".tile-panel [data-cell]")
    .evaluateAll((all) => all.map((one) => one.getAttribute("data-cell") ?? ""));
  expect(cells.length).toBeGreaterThan(0);
  for (const cell of cells) expect(cell).toContain(`area=${code}`);
  await page.keyboard.press("Escape");
  await expect(chosen(page)).toHaveCount(0);
  expect(new URL(page.url()).searchParams.has("place")).toBe(false);
});

test("what is asked of the places is a link: the tiles and the list show it, and the way back works", async ({
  page,
  request,
}) => {
  await mapped(request, page);
  const cellsShown = () =>
    page
      .locator("#where .tiles [data-cell], #where .dot-rows [data-cell]")
      .evaluateAll((all) => [...new Set(all.map((one) => one.getAttribute("data-cell")?.split("?")[0]))]);
  const first = await cellsShown();
  expect(first).toHaveLength(1);
  const links = page.locator("#where .where-measures a:not([aria-current])");
  for (const place of [0, (await links.count()) - 1]) {
    await links.nth(place).click();
    await expect(page).toHaveURL(/where=/);
    // a page may give way to the next while it is asked
    await expect(async () => {
      const asked = await cellsShown();
      expect(asked).toHaveLength(1);
      expect(asked).not.toEqual(first);
    }).toPass();
    await page.goBack();
    await expect(async () => expect(await cellsShown()).toEqual(first)).toPass();
  }
});

test("without script a tile is a link to the same numbers", async ({ browser, request, baseURL, page }) => {
  const { path } = await mapped(request, page);
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const plain = await context.newPage();
  await plain.goto(path);
  const tile = plain.locator("#where a.tile").first();
  const code = await tile.getAttribute("data-tile");
  await tile.click();
  await expect(plain).toHaveURL(new RegExp(`place=${code}`));
  await expect(plain.locator(`#where a.tile[data-tile="${code}"]`)).toHaveAttribute("aria-current", "true");
  await expect(plain.locator(".tile-panel h3")).toHaveCount(1);
  await context.close();
});

test("on a phone every tile can be hit and nothing scrolls sideways", async ({ page, request }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await mapped(request, page);
  const sizes = await page
    .locator("#where a.tile")
    .evaluateAll((tiles) =>
      tiles.map((tile) => tile.getBoundingClientRect()).map(({ width, height }) => [width, height]),
    );
  for (const size of sizes.flat()) expect(size).toBeGreaterThanOrEqual(44);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
