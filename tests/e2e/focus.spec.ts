import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { publishedPictures } from "./published.ts";

/** A picture that has groups to focus. */
async function pictureWithGroups(request: APIRequestContext, page: Page) {
  for (const { path } of await publishedPictures(request)) {
    await page.goto(path);
    if ((await page.locator("a.group-card").count()) > 1) return path;
  }
  return null;
}

test("arrow keys focus a group everywhere, the address carries it, Escape lets go", async ({ page, request }) => {
  expect(await pictureWithGroups(request, page)).not.toBeNull();
  const cards = page.locator("a.group-card");
  const [first, second] = [
    await cards.nth(0).getAttribute("data-segment"),
    await cards.nth(1).getAttribute("data-segment"),
  ];
  await cards.nth(0).focus();
  await page.keyboard.press("ArrowRight");
  await expect(cards.nth(1)).toBeFocused();
  await expect(cards.nth(1)).toHaveAttribute("aria-current", "true");
  await expect(page).toHaveURL(new RegExp(`segment=${second}`));
  const marked = await page
    .locator("[data-on]")
    .evaluateAll((elements) => [...new Set(elements.map((one) => one.getAttribute("data-segment")))]);
  expect(marked).toEqual([second]);
  expect(await page.locator(".fingerprint [data-on]").count()).toBeGreaterThan(5);
  await page.keyboard.press("ArrowLeft");
  await expect(page).toHaveURL(new RegExp(`segment=${first}`));
  await page.keyboard.press("Escape");
  await expect(page.locator("[data-on]")).toHaveCount(0);
  expect(new URL(page.url()).searchParams.has("segment")).toBe(false);
});

test("a click on a band does the same", async ({ page, request }) => {
  await pictureWithGroups(request, page);
  const band = page.locator(".ribbon-bands .band").first();
  await band.click();
  await expect(page).toHaveURL(new RegExp(`segment=${await band.getAttribute("data-segment")}`));
});

test("without script a card is a link to the same", async ({ browser, request, baseURL, page }) => {
  const path = await pictureWithGroups(request, page);
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const plain = await context.newPage();
  await plain.goto(path ?? "/");
  const card = plain.locator("a.group-card").first();
  const code = await card.getAttribute("data-segment");
  await card.click();
  await expect(plain).toHaveURL(new RegExp(`segment=${code}`));
  await expect(plain.locator(`a.group-card[data-segment="${code}"]`)).toHaveAttribute("aria-current", "true");
  await context.close();
});
