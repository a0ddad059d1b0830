import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import type { AccessibilityStatement } from "../../data/contracts/accessibility.ts";
import { MESSAGES } from "../../data/words/messages.ts";
import { axeFinds } from "./axe.ts";
import { openAll, PREFIXES, publishedPictures, SPOKEN } from "./published.ts";

const SCREENS = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } };

for (const language of SPOKEN) {
  for (const [screen, size] of Object.entries(SCREENS)) {
    test(`${language}, ${screen}: axe finds nothing on any page`, async ({ page, request }) => {
      test.setTimeout(240_000);
      await page.setViewportSize(size);
      const prefix = PREFIXES[language];
      const pictures = await publishedPictures(request);
      for (const path of [
        prefix || "/",
        ...pictures.flatMap(({ path }) => [`${prefix}${path}`, `${prefix}${path}/method`, `${prefix}${path}/explore`]),
        `${prefix}/accessibility`,
        `${prefix}/nothing-here`,
      ]) {
        await page.goto(path, { waitUntil: "networkidle" });
        // What may be opened is built alike in every language: opened in one of them, it is looked at in all.
        if (language === SPOKEN[0]) await openAll(page);
        expect(await axeFinds(page, language), path).toEqual([]);
      }
    });
  }
}

test("planted: what axe must find, it finds, each in the languages that it is looked for in", async ({
  page,
  request,
}) => {
  const [picture] = await publishedPictures(request);
  await page.goto(picture?.path ?? "/", { waitUntil: "networkidle" });
  await page.locator("main").evaluate((main) => {
    main.insertAdjacentHTML(
      "afterbegin",
      '<p class="faint">faint</p><img src="/icon.svg"><button></button><a href="#x"></a><input><p id="main">twice</p>',
    );
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(".faint { color: #bbb; background: #fff }");
    document.adoptedStyleSheets = [sheet];
  });
  const rules = async (language: (typeof SPOKEN)[number]) =>
    (await axeFinds(page, language)).map((found) => found.split(":")[0]);
  const anywhere = ["button-name", "image-alt", "label", "link-name"];
  expect(await rules("fi")).toEqual(expect.arrayContaining(["color-contrast", ...anywhere]));
  expect(await rules("sv")).toEqual(expect.arrayContaining(anywhere));
});

for (const language of SPOKEN)
  test(`${language}: the accessibility statement is a link away from every page, and says all that its file says`, async ({
    page,
    request,
  }) => {
    const file = new URL("../../data/accessibility/statement.json", import.meta.url);
    const { organisation, gaps, looked }: AccessibilityStatement = JSON.parse(readFileSync(file, "utf8"));
    const prefix = PREFIXES[language];
    const [picture] = await publishedPictures(request);
    for (const path of [
      prefix || "/",
      `${prefix}${picture?.path}`,
      `${prefix}${picture?.path}/explore`,
      `${prefix}/nothing-here`,
    ]) {
      await page.goto(path);
      await expect(page.locator(".foot a")).toHaveAttribute("href", `${prefix}/accessibility`);
    }
    await page.locator(".foot a").click();
    await expect(page.locator("h1")).toHaveText(MESSAGES[language].pages.accessibility.heading);
    const said = (await page.locator("main").textContent()) ?? "";
    for (const text of [organisation, ...looked, ...gaps.flatMap(({ what, why }) => [what, why])])
      expect(said).toContain(text[language]);
    for (const { criterion } of gaps) expect(said).toContain(`WCAG ${criterion}`);
    expect(said).toContain("Traficom");
    expect(said).toContain("14");
  });

test("headings come in order, and there is one first heading", async ({ page, request }) => {
  const pictures = await publishedPictures(request);
  for (const path of ["/", ...pictures.flatMap(({ path }) => [path, `${path}/method`, `${path}/explore`])]) {
    await page.goto(path);
    const levels = await page
      .locator("h1, h2, h3, h4")
      .evaluateAll((elements) => elements.filter((one) => one.checkVisibility()).map((one) => Number(one.tagName[1])));
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    for (const [place, level] of levels.entries())
      expect(level - (levels[place - 1] ?? 0), `${path} heading ${place}`).toBeLessThanOrEqual(1);
  }
});

test("the first stop of the keyboard leads past the header", async ({ page }) => {
  await page.goto("/");
  await page.keyboard.press("Tab");
  await expect(page.locator(".skip-link")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
});

test("what a finger touches on a phone is 44 px high, and 24 px anywhere", async ({ page, request }) => {
  const [picture] = await publishedPictures(request);
  for (const [width, least] of [
    [390, 44],
    [1440, 24],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    for (const path of ["/", picture?.path ?? "/", `${picture?.path}/explore`]) {
      await page.goto(path);
      const small = await page
        .locator("nav a, button, select, summary, .figure-links a, a.group-card, .explore-row")
        .evaluateAll(
          (elements, height) =>
            elements
              .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < height - 0.5)
              .map((one) => one.outerHTML.slice(0, 100)),
          least,
        );
      expect(small).toEqual([]);
    }
  }
});
