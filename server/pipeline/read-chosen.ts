import { join } from "node:path";
import type { Home } from "../store/home.ts";
import { extractRowsPath, withWorkFolder } from "../store/microdata/extracts.ts";
import { readExtracts, type StoredRows } from "../store/microdata/read-rows.ts";
import type { ChosenExtract } from "./choose-extracts.ts";

/** Reads the rows of the chosen extracts. */
export function readChosen(
  home: Home,
  chosen: readonly ChosenExtract[],
  { sqlFolder, threads }: { sqlFolder: string; threads: number },
): Promise<ReadonlyMap<string, StoredRows>> {
  return withWorkFolder(home, (folder) =>
    readExtracts(columnsToRead(home, chosen), sqlFolder, threads, join(folder, "spill")),
  );
}

/** Only columns that estimates use are read, not what is stored for later. */
function columnsToRead(home: Home, chosen: readonly ChosenExtract[]): Map<string, { path: string; columns: number[] }> {
  return new Map(
    chosen.map(({ extract, codebook }) => [
      extract.id,
      {
        path: extractRowsPath(home, extract.id),
        columns: codebook.columns.flatMap(({ use }, index) => (use === "ignore" ? [] : [index])),
      },
    ]),
  );
}
