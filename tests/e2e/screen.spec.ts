import { expect, test } from "@playwright/test";
import { firstPicture, publishedPictures } from "./published.ts";

const SCREENS = [
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
];

for (const size of SCREENS)
  test(`${size.width} × ${size.height}: arrows walk every block, its finding at the top, in letters of a thirtieth of the height`, async ({
    page,
    request,
  }) => {
    await page.setViewportSize(size);
    const pictures = await publishedPictures(request);
    // Every picture on the smaller; on the larger, which the browser paints slowly, that it is the same at twice the size.
    for (const { path } of size.height > 1080 ? pictures.slice(0, 1) : pictures) {
      await page.goto(`${path}?mode=screen`, { waitUntil: "networkidle" });
      await expect(page.locator(".picture .picture-section:not(.laid)")).toHaveCount(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
        0,
      );
      const small = await page
        .locator(".on-screen :is(.headline p, .picture-section h2, .picture-section h2 data, .fingerprint .number)")
        .evaluateAll(
          (elements, least) =>
            elements
              .filter((one) => one.checkVisibility() && Number.parseFloat(getComputedStyle(one).fontSize) < least)
              .map((one) => `${one.className} ${one.textContent}`),
          size.height / 30,
        );
      expect(small).toEqual([]);
      const blocks = await page.locator(".on-screen .picture-section h2").allTextContents();
      const walked: (string | null)[] = [];
      for (let step = 0; step < blocks.length; step++) {
        await page.keyboard.press(step % 2 ? "PageDown" : "ArrowRight");
        const heading = page.locator("h2:focus");
        await expect(heading).toBeInViewport();
        walked.push(await heading.textContent());
        const top = await heading.evaluate((one) => one.closest(".picture-section")?.getBoundingClientRect().top ?? -1);
        if (step < blocks.length - 1) expect(Math.abs(top)).toBeLessThan(size.height / 10);
      }
      expect(walked).toEqual(blocks);
      await page.keyboard.press("ArrowLeft");
      expect(await page.locator("h2:focus").textContent()).toBe(blocks.at(-2));
      await page.keyboard.press("Home");
      await expect(page.locator("h1")).toBeFocused();
    }
  });

test("the mode goes along with the wave and the language, and is left as it came", async ({ page, request }) => {
  const { path } = await firstPicture(request);
  await page.goto(path);
  await page.locator('.facts a[href*="mode=screen"]').click();
  await expect(page.locator(".picture")).toHaveClass(/on-screen/);
  await page.locator(".languages a[lang=sv]").click();
  await expect(page).toHaveURL(/\/sv\/.*mode=screen/);
  await page.locator(".facts li:last-child a").click();
  await expect(page.locator(".picture")).not.toHaveClass(/on-screen/);
});
