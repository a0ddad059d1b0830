import type { Cell } from "../../data/contracts/cell.ts";
import { cellKey } from "../../data/contracts/cell-key.ts";
import type { Release } from "../../data/contracts/release.ts";

/** What a running server answers of a picture to anyone, by the addresses that anyone may ask. */
export type Picture = {
  lifeEvent: string;
  id: string;
  release: Release;
  json: string;
  csv: string;
  cells: Map<string, Cell>;
};

export async function fetchPictures(url: string, headers: Record<string, string> = {}): Promise<Picture[]> {
  const pointers: Record<string, { release: string }> = await (await fetch(`${url}/api/published`, { headers })).json();
  return Promise.all(
    Object.entries(pointers).map(async ([lifeEvent, { release: id }]) => {
      const file = async (name: string) => (await fetch(`${url}/api/published/${id}/${name}`, { headers })).text();
      const json = await file("release.json");
      const release: Release = JSON.parse(json);
      const cells = new Map(release.cells.map((cell) => [cellKey(cell.measure, cell.statistic, cell.at), cell]));
      return { lifeEvent, id, release, json, csv: await file("cells.csv"), cells };
    }),
  );
}

/** Anything but that it is protected, or that nobody was asked: an answer about the people of the cell. */
export function isAnswered({ figure: { kind } }: Cell): boolean {
  return kind === "value" || kind === "few" || kind === "most" || kind === "uncertain";
}
