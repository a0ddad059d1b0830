import { type APIRequestContext, expect, type Page } from "@playwright/test";
import type { Cell } from "../../data/contracts/cell.ts";
import { cellKey } from "../../data/contracts/cell-key.ts";
import type { Pointer, Release } from "../../data/contracts/release.ts";

/** What is published, asked over HTTP as anyone would: no test names a life event. */
export type PublishedPicture = {
  lifeEvent: string;
  path: string;
  pointer: Pointer;
  release: Release;
  cells: Map<string, Cell>;
};

export const PREFIXES = { fi: "", sv: "/sv", en: "/en" } as const;
export const SPOKEN = ["fi", "sv", "en"] as const;

/** A release never changes: each is read once by those who run the tests. */
const RELEASES = new Map<string, ReturnType<typeof readRelease>>();

async function readRelease(request: APIRequestContext, id: string) {
  const release: Release = await (await request.get(`/api/published/${id}/release.json`)).json();
  return {
    release,
    cells: new Map(release.cells.map((cell) => [cellKey(cell.measure, cell.statistic, cell.at), cell])),
  };
}

export async function publishedPictures(request: APIRequestContext): Promise<PublishedPicture[]> {
  const pointers: Record<string, Pointer> = await (await request.get("/api/published")).json();
  const pictures = await Promise.all(
    Object.entries(pointers).map(async ([lifeEvent, pointer]) => {
      const read = RELEASES.get(pointer.release) ?? readRelease(request, pointer.release);
      RELEASES.set(pointer.release, read);
      return { lifeEvent, path: `/pictures/${lifeEvent}`, pointer, ...(await read) };
    }),
  );
  expect(pictures.length).toBeGreaterThan(0);
  return pictures;
}

export async function firstPicture(request: APIRequestContext): Promise<PublishedPicture> {
  const [picture] = await publishedPictures(request);
  if (!picture) throw new Error("nothing is published");
  return picture;
}

/** Opens everything on the page that may be opened: tables, certificates, profiles. */
export async function openAll(page: Page): Promise<void> {
  await expect(page.locator(".picture .picture-section:not(.laid)")).toHaveCount(0);
  await page.locator("details").evaluateAll((all) => {
    for (const one of all as HTMLDetailsElement[]) one.open = true;
  });
  await expect(page.locator("details > noscript")).toHaveCount(0);
}

/** Puts everything that is folded into the page, opened or not: what a page holds is looked at whole. */
export async function unfoldAll(page: Page): Promise<void> {
  await page.locator("details > noscript").evaluateAll((all) => {
    for (const one of all) {
      const read = new DOMParser().parseFromString(one.textContent ?? "", "text/html").body.childNodes;
      one.replaceWith(...(one.children.length > 0 ? one.childNodes : read));
    }
  });
}
