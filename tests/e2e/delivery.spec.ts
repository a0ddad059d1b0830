import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { firstPicture, openAll, PREFIXES, publishedPictures, SPOKEN } from "./published.ts";

const BUDGET_KB = 150;

test("the first load of a picture carries at most 150 kB of script, no wasm, and stays on its host", async ({
  page,
  request,
  baseURL,
}) => {
  const { path } = await firstPicture(request);
  const scripts = new Map<string, number>();
  const elsewhere: string[] = [];
  page.on("response", async (response) => {
    const url = new URL(response.url());
    if (url.origin !== new URL(baseURL ?? "").origin && url.protocol.startsWith("http")) elsewhere.push(response.url());
    if (url.pathname.endsWith(".wasm")) elsewhere.push(response.url());
    if (url.pathname.endsWith(".js")) scripts.set(url.pathname, gzipSync(await response.body()).length);
  });
  await page.goto(path, { waitUntil: "networkidle" });
  const kilobytes = [...scripts.values()].reduce((sum, size) => sum + size, 0) / 1024;
  console.log(`first load: ${kilobytes.toFixed(1)} kB of script, gzip, in ${scripts.size} files`);
  expect(kilobytes).toBeGreaterThan(0);
  expect(kilobytes).toBeLessThanOrEqual(BUDGET_KB);
  expect(elsewhere).toEqual([]);
});

test("a picture's figures come once: as markup, not again in the scripts that bring the page to life", async ({
  request,
}) => {
  for (const { path } of await publishedPictures(request)) {
    const html = await (await request.get(path)).text();
    const scripts = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => script).join("");
    const [figures, again] = [html, scripts].map((text) => text.split("data-cell").length - 1);
    console.log(`${path}: ${figures} figures in ${html.length} characters, ${scripts.length} of them scripts`);
    expect(figures).toBeGreaterThan(100);
    expect(again).toBe(0);
    expect(scripts.length).toBeLessThan(html.length / 10);
  }
});

test("every block is laid out soon after the page has come, and where no script runs none waits", async ({
  browser,
  page,
  request,
  baseURL,
}) => {
  const plain = await (await browser.newContext({ javaScriptEnabled: false, baseURL })).newPage();
  for (const { path } of await publishedPictures(request)) {
    for (const one of [page, plain]) {
      await one.goto(path);
      await expect(async () => {
        const drawn = await one
          .locator(".picture-section")
          .evaluateAll((all) => all.map((part) => getComputedStyle(part).contentVisibility));
        expect(drawn.length).toBeGreaterThan(5);
        expect(new Set(drawn)).toEqual(new Set(["visible"]));
      }).toPass();
    }
  }
  await plain.context().close();
});

test("what the server sends has no style attribute, and its policy needs none", async ({ request }) => {
  const pictures = await publishedPictures(request);
  for (const language of SPOKEN) {
    const prefix = PREFIXES[language];
    for (const path of [
      prefix || "/",
      ...pictures.flatMap(({ path }) => [`${prefix}${path}`, `${prefix}${path}/method`, `${prefix}${path}/explore`]),
      `${prefix}/nothing-here`,
    ]) {
      const answer = await request.get(path);
      const html = (await answer.text()).replaceAll(/<script[\s\S]*?<\/script>/g, "");
      expect(html.match(/<[^>]+\sstyle=/)?.[0], path).toBeUndefined();
      expect(html, path).toContain(`<html lang="${language}"`);
      const policy = answer.headers()["content-security-policy"] ?? "";
      expect(policy).toMatch(/script-src 'self' 'nonce-[0-9a-f]{32}' 'strict-dynamic';/);
      expect(policy).not.toContain("unsafe");
    }
  }
});

test("no page writes to the console, breaks its policy or scrolls sideways on a phone", async ({ page, request }) => {
  test.setTimeout(180_000);
  const heard: string[] = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && heard.push(message.text()));
  page.on("pageerror", (error) => heard.push(error.message));
  const pictures = await publishedPictures(request);
  for (const width of [390, 768, 1440, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    for (const path of ["/", ...pictures.flatMap(({ path }) => [path, `${path}/method`, `${path}/explore`])]) {
      await page.goto(path, { waitUntil: "networkidle" });
      await openAll(page);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(over, `${path} at ${width}`).toBeLessThanOrEqual(0);
    }
  }
  expect(heard).toEqual([]);
});

test("no text of a chart is smaller than 12 px", async ({ page, request }) => {
  const { path } = await firstPicture(request);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(path);
    const small = await page
      .locator("main svg text, main svg tspan, figure *")
      .evaluateAll((elements) =>
        elements
          .filter(
            (one) =>
              one.checkVisibility() &&
              (one.textContent ?? "").trim() !== "" &&
              Number.parseFloat(getComputedStyle(one).fontSize) < 12,
          )
          .map((one) => one.outerHTML.slice(0, 120)),
      );
    expect(small).toEqual([]);
  }
});

test("the situation centre leads to every picture and says what the others need", async ({ page, request }) => {
  const pictures = await publishedPictures(request);
  await page.goto("/");
  for (const { path } of pictures) await expect(page.locator(`.picture-card a[href="${path}"]`)).toBeVisible();
  for (const card of await page.locator(".missing-card").all())
    await expect(card.locator("li").first()).not.toBeEmpty();
});
