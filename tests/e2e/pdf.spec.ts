import { expect, type Page, test } from "@playwright/test";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { PREFIXES, publishedPictures, SPOKEN } from "./published.ts";

/** A part of a PDF's structure as pdf.js reads it. */
type Part = { role: string; alt?: string; children?: Part[] };

type ReadPdf = { language: string | null; title: string | null; sheets: number; parts: Part[] };

/** The page as the browser prints it to a tagged PDF, read by another program. */
async function printed(page: Page): Promise<ReadPdf> {
  const bytes = await page.pdf({ tagged: true, outline: true, preferCSSPageSize: true, printBackground: true });
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const { info } = await document.getMetadata();
  const parts: Part[] = [];
  for (let sheet = 1; sheet <= document.numPages; sheet++) {
    const tree = (await (await document.getPage(sheet)).getStructTree()) as Part | null;
    if (tree) parts.push(...flat(tree));
  }
  const { Language: language = null, Title: title = null } = info as { Language?: string | null; Title?: string };
  await document.destroy();
  return { language, title, sheets: document.numPages, parts };
}

/** A figure that holds lists, tables and headings is read by them: a text instead would be read in their place. */
function isDrawing({ role, children = [] }: Part): boolean {
  return (
    role === "Figure" &&
    !children.flatMap((child) => (child.role ? flat(child) : [])).some((part) => part.role !== "NonStruct")
  );
}

function flat(part: Part): Part[] {
  return [part, ...(part.children ?? []).filter(({ role }) => role).flatMap(flat)];
}

for (const language of SPOKEN)
  test(`${language}: a picture printed is a tagged PDF with its headings, tables and figures told apart`, async ({
    page,
    request,
  }) => {
    for (const { path, release } of await publishedPictures(request)) {
      await page.goto(`${PREFIXES[language]}${path}`, { waitUntil: "networkidle" });
      const headings = await page.locator("main h2").count();
      const pdf = await printed(page);
      const count = (role: string) => pdf.parts.filter((part) => part.role === role).length;
      expect(pdf.language).toBe(language);
      expect(pdf.title).toContain(release.lifeEvent.name[language]);
      expect(count("H1")).toBe(1);
      // A heading that is broken over two sheets is told on both.
      expect(count("H2")).toBeGreaterThanOrEqual(headings - (await page.locator("main h2.sr-only").count()));
      expect(count("TH")).toBeGreaterThan(0);
      expect(count("TD")).toBeGreaterThan(count("TH"));
      const drawings = pdf.parts.filter(isDrawing);
      expect(drawings.length).toBeGreaterThan(0);
      expect(drawings.filter(({ alt }) => !alt)).toEqual([]);
      expect(pdf.sheets).toBeLessThan(40);
    }
  });

test("planted: a figure without a text instead is seen", async ({ page, request }) => {
  const [picture] = await publishedPictures(request);
  await page.goto(picture?.path ?? "/", { waitUntil: "networkidle" });
  await page
    .locator("main h1")
    .evaluate((heading) => heading.insertAdjacentHTML("afterend", '<img src="/icon.svg" width="40">'));
  const { parts } = await printed(page);
  expect(parts.filter((part) => isDrawing(part) && !part.alt)).toHaveLength(1);
});
