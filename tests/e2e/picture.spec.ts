import { expect, test } from "@playwright/test";
import { expectedText, printedCells } from "./printed-cells.ts";
import { firstPicture, PREFIXES, publishedPictures, SPOKEN } from "./published.ts";

for (const language of SPOKEN) {
  test(`${language}: every figure on the page is the cell that it names, written for the language`, async ({
    page,
    request,
  }) => {
    for (const { path, cells, release } of await publishedPictures(request)) {
      for (const wave of release.variables.find(({ id }) => id === "wave")?.codes ?? []) {
        await page.goto(`${PREFIXES[language]}${path}?wave=${wave.code}`);
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        const printed = await printedCells(page);
        expect(printed.length).toBeGreaterThan(20);
        for (const one of printed) {
          const cell = cells.get(one.key);
          expect(cell, one.key).toBeTruthy();
          if (cell) expect(one.text, `${one.key} ${one.part}`).toBe(expectedText(cell, one, language));
        }
      }
    }
  });
}

test("no number of a chart or its table stands without its cell", async ({ page, request }) => {
  for (const { path, release } of await publishedPictures(request)) {
    await page.goto(path);
    const strays = await page
      .locator(
        ".fingerprint td, .dot-text, .data-table td, .low-table td, .group-card-share, .group-facts dd, .headline p, .picture-section > h2, .certificate li, .certificate-line",
      )
      .evaluateAll((elements) =>
        elements.flatMap((element) => {
          const copy = element.cloneNode(true) as Element;
          for (const known of copy.querySelectorAll("[data-cell], [data-certificate], svg")) known.remove();
          const text = copy.textContent ?? "";
          return /\d/.test(text.replaceAll(/95 %:n|95%|\d+\+|\d+[–-]\d+/g, "")) ? [text] : [];
        }),
      );
    // Names of classes may hold digits of their own ("30 or over"); what is left must be one of them.
    const names = [
      ...release.variables.flatMap(({ codes }) => codes),
      ...release.segmentation.labels.map(({ proposedName: name }) => ({ name })),
    ].map(({ name }) => name.fi);
    const inVain = strays.filter(
      (text) => !names.some((name) => /\d/.test(name) && text.toLowerCase().includes(name.toLowerCase())),
    );
    expect(inVain).toEqual([]);
  }
});

test("a difference that is not settled looks and reads unsettled, a settled one settled", async ({ page, request }) => {
  const { path, cells } = await firstPicture(request);
  await page.goto(path);
  const shown = await page.locator(".fingerprint .difference").evaluateAll((elements) =>
    elements.map((element) => ({
      key: element.querySelector("[data-cell]")?.getAttribute("data-cell") ?? "",
      settled: element.classList.contains("settled"),
      coloured: /\b(up|down)-\d\b/.test(element.closest("td")?.className ?? ""),
    })),
  );
  for (const { key, settled, coloured } of shown) {
    const figure = cells.get(key)?.figure;
    const versus = figure?.kind === "value" ? figure.versus.find(({ against }) => against === "everyone") : undefined;
    expect(settled, key).toBe(versus?.settled);
    expect(coloured, key).toBe(versus?.settled === true && versus.difference !== 0);
  }
});

test("marks and table twin hold the same cells with the same numbers", async ({ page, request }) => {
  const { path } = await firstPicture(request);
  await page.goto(path);
  for (const id of ["groups", "dimensions", "levels", "pile-up"]) {
    const section = page.locator(`section#${id}`);
    if ((await section.count()) === 0) continue;
    const values = (selector: string) =>
      section
        .locator(`${selector} [data-cell][data-part=value]`)
        .evaluateAll((elements) =>
          [...new Set(elements.map((one) => `${one.getAttribute("data-cell")} ${one.textContent}`))].sort(),
        );
    const marks = await values("figure");
    const table = await values(".twin");
    expect(table.length).toBeGreaterThan(0);
    for (const mark of marks.filter((one) => !one.startsWith("persons/count?"))) {
      if (id === "dimensions" && mark.startsWith("persons/")) continue;
      expect(table, id).toContain(mark);
    }
  }
});

test("what the page must say of its data is there", async ({ page, request }) => {
  const { path, release } = await firstPicture(request);
  await page.goto(path);
  if (release.synthetic) await expect(page.locator(".banner")).toBeVisible();
  if (release.protection === "threshold-only") await expect(page.locator(".protection")).toBeVisible();
  for (const figure of await page.locator("section.picture-section:has(figure)").all()) {
    await expect(figure.locator("h2")).not.toBeEmpty();
    await expect(figure.locator(".sentence")).not.toBeEmpty();
    expect(await figure.locator(".twin table").count()).toBeGreaterThan(0);
    await expect(figure.locator(".source")).not.toBeEmpty();
    await expect(figure.locator('.figure-links a[href*="release="]')).toHaveCount(1);
  }
});

test("the wave is in the address, and the respondents of each wave are exact", async ({ page, request }) => {
  const { path, release } = await firstPicture(request);
  const waves = release.variables.find(({ id }) => id === "wave")?.codes ?? [];
  for (const { code } of waves) {
    await page.goto(`${path}?wave=${code}`);
    const surveys = release.inputs.filter(({ role, waves: own }) => role === "survey" && own.includes(code));
    if (surveys.some(({ waves: own, respondents }) => own.length !== 1 || respondents === null)) continue;
    const exact = surveys.reduce((sum, { respondents }) => sum + (respondents ?? 0), 0);
    const facts = ((await page.locator(".facts").textContent()) ?? "").replaceAll(/[\u00a0\u202f ]/g, "");
    expect(facts).toContain(`${exact}vastaajaa`);
    if (waves.length > 1)
      await expect(page.locator('.wave-switch [aria-current="true"]')).toHaveAttribute(
        "href",
        new RegExp(`wave=${code}`),
      );
  }
});

test("a fixed link shows that release; an unknown one is a page that says so", async ({ page, request }) => {
  const { path, pointer, lifeEvent } = await firstPicture(request);
  expect((await page.goto(`${path}?release=${pointer.release}`))?.status()).toBe(200);
  for (const wrong of [
    `${path}?release=${lifeEvent}.000000000000`,
    `${path}?release=${encodeURIComponent("../../etc/passwd")}`,
    "/pictures/nobody-has-this",
    "/nothing/here",
  ]) {
    const answer = await page.goto(wrong);
    expect(answer?.status(), wrong).toBe(404);
    await expect(page.locator("h1")).not.toBeEmpty();
    await expect(page.locator("main a.button")).toBeVisible();
  }
});
