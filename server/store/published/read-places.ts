import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Classification } from "../../../data/contracts/classification.ts";
import { Correspondence, type Places, TileLayout } from "../../../data/contracts/places.ts";
import { namesOf } from "./read-pointer.ts";

/**
 * How places lie: the maps and correspondences of `data/places`, and from `data/classifications` the names of what other
 * places belong to. `data` is the folder that holds both.
 */
export async function readPlaces(data: string): Promise<Places> {
  const layouts: TileLayout[] = [];
  const correspondences: Correspondence[] = [];
  for (const document of await documentsIn(join(data, "places"))) {
    if (document.format === "tilannekuva.tiles/1") layouts.push(TileLayout.parse(document));
    else correspondences.push(Correspondence.parse(document));
  }
  const above = new Set(correspondences.map(({ to }) => to));
  const names: Places["names"][number][] = [];
  for (const document of await documentsIn(join(data, "classifications"))) {
    if (!above.has(String(document.id))) continue;
    const { id, codes } = Classification.parse(document);
    names.push({ classification: id, codes });
  }
  return { layouts, correspondences, names };
}

async function documentsIn(folder: string): Promise<Record<string, unknown>[]> {
  const documents: Record<string, unknown>[] = [];
  for (const name of await namesOf(folder))
    if (name.endsWith(".json")) documents.push(JSON.parse(await readFile(join(folder, name), "utf8")));
  return documents;
}
