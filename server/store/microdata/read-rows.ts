import { type Database, literal, openDatabase } from "./database.ts";

/** One column of an extract, in the order of row hashes: NaN and null where there is no answer. */
export type StoredColumn = { numbers: Float64Array; codes: (string | null)[]; reasons: (string | null)[] };
export type StoredRows = { lines: Float64Array; hashes: string[]; columns: Map<number, StoredColumn> };

/**
 * Reads extracts for a release: all files attached read-only, then sealed, so that nothing else can be opened.
 * Keys of the answer are the keys given.
 */
export async function readExtracts(
  files: ReadonlyMap<string, { path: string; columns: readonly number[] }>,
  sqlFolder: string,
  threads: number,
  spill: string,
): Promise<Map<string, StoredRows>> {
  const database = await openDatabase(sqlFolder, threads, spill);
  try {
    const names = new Map([...files.keys()].map((key, index) => [key, `e${index}`]));
    for (const [key, { path }] of files)
      await database.connection.run(`ATTACH ${literal(path)} AS ${names.get(key)} (READ_ONLY)`);
    await database.seal();
    const answer = new Map<string, StoredRows>();
    for (const [key, { columns }] of files)
      answer.set(key, await readRows(database, names.get(key) as string, columns));
    return answer;
  } finally {
    database.close();
  }
}

async function readRows(database: Database, extract: string, columns: readonly number[]): Promise<StoredRows> {
  const select = columns.map((c) => `number${c}, code${c}, reason${c}`).join(", ");
  const read = await database.columns("read-rows", { extract, select });
  const stored = new Map<number, StoredColumn>();
  columns.forEach((column, index) => {
    const numbers = read[2 + 3 * index] as (number | null)[];
    stored.set(column, {
      numbers: Float64Array.from(numbers, (number) => number ?? Number.NaN),
      codes: read[3 + 3 * index] as (string | null)[],
      reasons: read[4 + 3 * index] as (string | null)[],
    });
  });
  return { lines: Float64Array.from(read[0] as number[]), hashes: read[1] as string[], columns: stored };
}
