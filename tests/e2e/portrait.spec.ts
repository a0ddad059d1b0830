import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import type { Cell } from "../../data/contracts/cell.ts";
import { axeFinds } from "./axe.ts";
import { expectedNumber, expectedText, numberIn, printedCells, printedNumbers } from "./printed-cells.ts";
import { openAll, PREFIXES, type PublishedPicture, publishedPictures, SPOKEN, unfoldAll } from "./published.ts";

/** Which grouping leads a picture, by its verdict: what the portraits of the picture are of. */
const LEADS = { "level-only": "band", "one-question": "troubles", none: "troubles" } as const;

type Portrayed = PublishedPicture & { address: string; wave: string; variable: string; code: string };

/** The portrait of every group of every published picture's leading grouping, in every wave. */
async function portraits(request: APIRequestContext): Promise<Portrayed[]> {
  const pictures = await publishedPictures(request);
  return pictures.flatMap((picture) => {
    const { verdict, labels } = picture.release.segmentation;
    const variable = (LEADS as Record<string, string>)[verdict] ?? "segment";
    const codesOf = (id: string) =>
      picture.release.variables.find((one) => one.id === id)?.codes.map(({ code }) => code) ?? [];
    const codes = variable === "segment" && labels.length > 0 ? labels.map(({ code }) => code) : codesOf(variable);
    return codesOf("wave").flatMap((wave) =>
      codes.map((code) => {
        const end = variable === "segment" ? `segments/${code}` : `groups/${variable}-${code}`;
        return { ...picture, wave, variable, code, address: `${picture.path}/${end}?wave=${wave}` };
      }),
    );
  });
}

for (const language of SPOKEN) {
  test(`${language}: every figure of every portrait is the cell that it names, or the number at its path`, async ({
    page,
    request,
  }) => {
    test.setTimeout(150_000);
    for (const { address, cells, release } of await portraits(request)) {
      expect((await page.goto(`${PREFIXES[language]}${address}`))?.status(), address).toBe(200);
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      const printed = await printedCells(page);
      expect(printed.length, address).toBeGreaterThan(20);
      for (const one of printed) {
        const cell = cells.get(one.key);
        expect(cell, one.key).toBeTruthy();
        if (cell) expect(one.text, `${one.key} ${one.part}`).toBe(expectedText(cell, one, language));
      }
      for (const one of await printedNumbers(page)) {
        const value = numberIn(release, one.path);
        expect(typeof value, one.path).toBe("number");
        expect(one.text, one.path).toBe(expectedNumber(one.path, value as number, language));
      }
    }
  });

  test(`${language}: every portrait prints on one sheet of A4`, async ({ page, request }) => {
    test.setTimeout(150_000);
    for (const { address } of await portraits(request)) {
      await page.goto(`${PREFIXES[language]}${address}`);
      await page.evaluate(() => document.fonts.ready);
      expect(await sheets(page), address).toBe(1);
    }
  });

  test(`${language}: axe finds nothing on a portrait`, async ({ page, request }) => {
    test.setTimeout(150_000);
    for (const { address } of firstOfEach(await portraits(request))) {
      for (const size of [
        { width: 390, height: 844 },
        { width: 1440, height: 900 },
      ]) {
        await page.setViewportSize(size);
        await page.goto(`${PREFIXES[language]}${address}`, { waitUntil: "networkidle" });
        await openAll(page);
        expect(await axeFinds(page, language), address).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth), address).toBe(size.width);
      }
    }
  });
}

test("a sheet more is seen", async ({ page, request }) => {
  const [one] = await portraits(request);
  await page.goto(one?.address ?? "/");
  await page.locator(".portrait-foot").evaluate((foot) => {
    foot.insertAdjacentHTML("beforebegin", "<p>…</p>".repeat(60));
  });
  expect(await sheets(page)).toBeGreaterThan(1);
});

test("no number stands without its cell", async ({ page, request }) => {
  test.setTimeout(150_000);
  for (const { address, release } of await portraits(request)) {
    await page.goto(address);
    await unfoldAll(page);
    const strays = await page
      .locator(".compared-text, .portrait td, .portrait-who p, .portrait-sure li, .portrait-part > h2, #drivers li")
      .evaluateAll((elements) =>
        elements.flatMap((element) => {
          const copy = element.cloneNode(true) as Element;
          for (const known of copy.querySelectorAll("[data-cell], [data-certificate]")) known.remove();
          const text = copy.textContent ?? "";
          return /\d/.test(text.replaceAll(/\b(?:40|0–100)\b/g, "")) ? [text] : [];
        }),
      );
    // Names of classes may hold digits of their own ("30 or over").
    const names = release.variables.flatMap(({ codes }) => codes.map(({ name }) => name.fi.toLowerCase()));
    const named = (text: string) => names.some((name) => /\d/.test(name) && text.toLowerCase().includes(name));
    expect(strays.filter((text) => !named(text))).toEqual([]);
  }
});

test("each list holds what is settled that way by the stored comparison, and every dimension is in one", async ({
  page,
  request,
}) => {
  for (const { address, cells, wave, variable, code } of await portraits(request)) {
    await page.goto(address);
    const listed = await page
      .locator(".portrait .compared-row [data-part=value], .portrait .compared-row .kind")
      .evaluateAll((elements) =>
        elements.map((one) => ({
          key: one.getAttribute("data-cell") ?? "",
          list: /compared-(above|below|unsettled)/.exec(one.closest(".compared-list")?.className ?? "")?.[1],
          isMedian: one.closest(".question-median") !== null,
        })),
      );
    for (const { key, list, isMedian } of listed) {
      if (isMedian) continue;
      expect(list, key).toBe(sideOf(cells.get(key)));
    }
    const dimensions = [...cells.values()].filter(
      ({ measure, at }) =>
        measure.startsWith("dimension.") && at.wave === wave && at[variable] === code && Object.keys(at).length === 2,
    );
    const shown = listed.filter(({ key }) => key.startsWith("dimension."));
    expect(shown.length, address).toBe(dimensions.length);
  }
});

test("a service is said to work or fail only where the release says so", async ({ page, request }) => {
  for (const { address, release, wave, variable, code } of await portraits(request)) {
    await page.goto(address);
    for (const side of ["works", "fails"] as const) {
      const marked = page.locator(`#services tr:has(.verdict-${side}) td [data-cell*=".need-met/"]`);
      const said = new Set(
        await marked.evaluateAll((all) => all.map((one) => one.getAttribute("data-cell")?.split(".")[1] ?? "")),
      );
      const stored = (release.services ?? []).filter(
        (one) => one.wave === wave && one.variable === variable && one.code === code && one.verdict === side,
      );
      expect([...said].sort(), `${address} ${side}`).toEqual(stored.map(({ service }) => service).sort());
    }
  }
});

test("a card leads to the portrait and the portrait back, and the wave and the release go along", async ({
  page,
  request,
}) => {
  for (const { path, pointer, wave } of firstOfEach(await portraits(request))) {
    const asked = `release=${pointer.release}&wave=${wave}`;
    await page.goto(`${path}?${asked}`);
    await page.waitForLoadState("networkidle");
    const link = page.locator("#groups a.portrait-link").first();
    expect(await link.getAttribute("href")).toMatch(new RegExp(`^${path}/(?:segments|groups)/[^/?]+\\?${asked}$`));
    await link.click();
    await expect(page).toHaveURL(new RegExp(`${asked}$`));
    await expect(page.locator(".portrait h1")).not.toBeEmpty();
    await page.locator(".portrait-ways a[rel=next]").click();
    await expect(page).toHaveURL(new RegExp(`${asked}$`));
    await expect(page.locator(".portrait-ways a[rel=prev]")).toBeVisible();
    await page.locator(".portrait-ways a").first().click();
    await expect(page).toHaveURL(new RegExp(`${path}\\?${asked}#groups$`));
  }
});

test("a group that the picture does not show is a page that says so", async ({ page, request }) => {
  const shown = await portraits(request);
  const levels = shown.find(({ variable }) => variable !== "segment");
  for (const { path, address } of firstOfEach(shown)) {
    for (const wrong of [
      `${path}/segments/ZZ`,
      `${path}/groups/band-9`,
      `${path}/groups/segment-A`,
      `${path}/segments`,
      `${address.split("?")[0]}?wave=1066`,
      ...(levels ? [`${levels.path}/segments/A`] : []),
    ]) {
      expect((await page.goto(wrong))?.status(), wrong).toBe(404);
      await expect(page.locator("main a.button")).toBeVisible();
    }
  }
});

/** How many sheets the page prints on. */
async function sheets(page: Page): Promise<number> {
  await page.emulateMedia({ media: "print" });
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  await page.emulateMedia({ media: null });
  return pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

/** Which list a cell belongs to, by its stored comparison with everyone. */
function sideOf(cell: Cell | undefined): string {
  const versus =
    cell?.figure.kind === "value" ? cell.figure.versus.find(({ against }) => against === "everyone") : undefined;
  if (!versus?.settled || versus.difference === 0) return "unsettled";
  return versus.difference > 0 ? "above" : "below";
}

function firstOfEach(all: Portrayed[]): Portrayed[] {
  return all.filter(({ path }, place) => all.findIndex((other) => other.path === path) === place);
}
