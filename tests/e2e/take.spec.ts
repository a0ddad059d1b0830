import { expect, test } from "@playwright/test";
import { openAll, PREFIXES, publishedPictures, SPOKEN } from "./published.ts";

for (const language of SPOKEN)
  test(`${language}: every figure can be taken along: its numbers come in each format, and it says how to cite it`, async ({
    page,
    request,
  }) => {
    let files = 0;
    for (const { path, release } of await publishedPictures(request)) {
      await page.goto(`${PREFIXES[language]}${path}`, { waitUntil: "networkidle" });
      await openAll(page);
      const figures = await page.locator(".picture-section:has(figcaption)").count();
      expect(await page.locator(".take-parts").count()).toBe(figures);
      const addresses = await page
        .locator(".take-parts a[download]")
        .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
      expect(addresses.length).toBe(3 * figures);
      for (const address of new Set(addresses)) {
        const answer = await request.get(address);
        expect(answer.status(), address).toBe(200);
        expect(answer.headers()["content-disposition"]).toContain(`attachment; filename="${release.id}.`);
        files++;
      }
      for (const citation of await page.locator(".take-parts cite").allTextContents())
        expect(citation).toContain(release.id);
    }
    expect(files).toBeGreaterThan(20);
  });
