import { expect, type Page, test } from "@playwright/test";
import type { Release } from "../../data/contracts/release.ts";
import { expectedText, printedCells } from "./printed-cells.ts";
import { firstPicture } from "./published.ts";

test("another table comes by tRPC in one request, and holds the cells as they are stored", async ({
  page,
  request,
}) => {
  const { path, cells, release } = await firstPicture(request);
  await page.goto(path);
  await page.waitForLoadState("networkidle");
  const asked: string[] = [];
  page.on("request", (one) => one.url().includes("/api/trpc/") && asked.push(one.url()));
  const dimension = await chooseOther(page, "dimension");
  const by = await choosePublished(page, release, dimension);
  await page.locator(".closer button").click();
  await expect(page).toHaveURL(new RegExp(`dimension=${dimension}.*by=${by}`));
  expect(asked).toHaveLength(1);
  const printed = (await printedCells(page)).filter(({ key }) => key.startsWith(`dimension.${dimension}/`));
  const inTable = await page
    .locator(".closer [data-cell]")
    .evaluateAll((elements) => elements.map((one) => one.getAttribute("data-cell") ?? ""));
  expect(inTable.length).toBeGreaterThan(0);
  for (const key of inTable) expect(key).toMatch(new RegExp(`^dimension\\.${dimension}/`));
  for (const one of printed) {
    const cell = cells.get(one.key);
    expect(cell, one.key).toBeTruthy();
    if (cell) expect(one.text, one.key).toBe(expectedText(cell, one, "fi"));
  }
  expect(inTable.some((key) => key.includes(`${by}=`))).toBe(true);
  expect(release.cells.length).toBeGreaterThan(inTable.length);
});

test("the address alone gives the same table, with and without script", async ({ browser, page, request, baseURL }) => {
  const { path } = await firstPicture(request);
  await page.goto(path);
  const dimension = await chooseOther(page, "dimension");
  const by = await chooseOther(page, "by");
  await page.waitForLoadState("networkidle");
  await page.locator(".closer button").click();
  await expect(page).toHaveURL(/by=/);
  const withScript = await page.locator(".closer table").textContent();
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const plain = await context.newPage();
  await plain.goto(path);
  await plain.locator(".closer select[name=dimension]").selectOption(dimension);
  await plain.locator(".closer select[name=by]").selectOption(by);
  await plain.locator(".closer button").click();
  await expect(plain).toHaveURL(new RegExp(`dimension=${dimension}.*by=${by}`));
  expect(await plain.locator(".closer table").textContent()).toBe(withScript);
  await context.close();
});

test("when the figures cannot be fetched it says so, and the earlier table stands", async ({ page, request }) => {
  const { path } = await firstPicture(request);
  await page.goto(path);
  await page.waitForLoadState("networkidle");
  await expect(page.locator(".closer table")).toHaveCount(0);
  await page.locator(".closer button").click();
  const before = await page.locator(".closer table").textContent();
  await page.route("**/api/trpc/**", (route) => route.abort());
  await chooseOther(page, "dimension");
  await page.locator(".closer button").click();
  await expect(page.locator(".closer [role=alert]")).toBeVisible();
  expect(await page.locator(".closer table").textContent()).toBe(before);
});

/** Chooses a background by which the dimension is published, not the first of them if there are more. */
async function choosePublished(page: Page, release: Release, dimension: string): Promise<string> {
  const select = page.locator(".closer select[name=by]");
  const options = await select
    .locator("option")
    .evaluateAll((elements) => elements.map((one) => (one as HTMLOptionElement).value));
  const published = options.filter((by) =>
    release.cells.some(({ measure, at }) => measure === `dimension.${dimension}` && at[by] !== undefined),
  );
  const chosen = published[1] ?? published[0] ?? "";
  await select.selectOption(chosen);
  return chosen;
}

/** Chooses what is not chosen now, where there is a choice; answers what is chosen then. */
async function chooseOther(page: Page, name: string): Promise<string> {
  const select = page.locator(`.closer select[name=${name}]`);
  const options = await select
    .locator("option")
    .evaluateAll((elements) => elements.map((one) => (one as HTMLOptionElement).value));
  const chosen = options[1] ?? options[0] ?? "";
  await select.selectOption(chosen);
  return chosen;
}
