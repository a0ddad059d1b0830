import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";

const HOUSE = fileURLToPath(new URL("../..", import.meta.url));
const GOLDENS = `${HOUSE}tests/charts/goldens`;

test("the gallery is a page of development alone: what is built has none of it", async ({ request }) => {
  for (const path of ["/gallery", "/gallery/", "/fi/gallery", "/sv/gallery", "/en/gallery"])
    expect((await request.get(path)).status(), path).toBe(404);
  const built = `${HOUSE}.next/server/app`;
  expect(existsSync(built)).toBe(true);
  const pages = readdirSync(built, { recursive: true, encoding: "utf8" });
  expect(pages.some((page) => page.includes("pictures"))).toBe(true);
  expect(pages.filter((page) => page.includes("gallery"))).toEqual([]);
});

test("every golden opens in a browser by itself, asks for nothing beside it, and nothing of it is cut", async ({
  page,
}) => {
  const asked: string[] = [];
  page.on("request", (one) => asked.push(one.url()));
  const files = readdirSync(GOLDENS, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".svg"));
  expect(files.length).toBeGreaterThan(90);
  for (const file of files) {
    await page.goto(`file://${GOLDENS}/${file}`);
    const seen = await page.locator(".golden").evaluate((golden) => {
      const frame = golden.parentElement as Element;
      const place = golden.getBoundingClientRect();
      const bottoms = [...golden.querySelectorAll("*")]
        .filter((one) => one.checkVisibility() && !one.closest(".sr-only, .pattern-sheet"))
        .map((one) => one.getBoundingClientRect().bottom - place.top);
      return { bottom: Math.max(0, ...bottoms), room: Number(frame.getAttribute("height")) };
    });
    expect(seen.bottom, file).toBeGreaterThan(20);
    // The margin under the frame is 18 px at least: other fonts than here may need a few of them.
    expect(seen.bottom, file).toBeLessThanOrEqual(seen.room + 12);
    expect(asked, file).toEqual([page.url()]);
    asked.length = 0;
  }
});

test("no golden names another file: no address, no font, no script", () => {
  for (const file of readdirSync(GOLDENS, { recursive: true, encoding: "utf8" }).filter((one) =>
    one.endsWith(".svg"),
  )) {
    const text = readFileSync(`${GOLDENS}/${file}`, "utf8").replaceAll(/xmlns="[^"]*"/g, "");
    expect(text.match(/https?:|<script|@import|@font-face|url\((?!#)/)?.[0], file).toBeUndefined();
  }
});
