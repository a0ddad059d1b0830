import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "../../server/store/microdata/database.ts";
import { ROOT, temporaryFolder } from "../command.ts";

describe("DuckDB of the batch process", () => {
  let folder: string;
  let database: Database;
  beforeAll(async () => {
    folder = temporaryFolder("database");
    mkdirSync(join(folder, "spill"));
    writeFileSync(join(folder, "secret.csv"), "a\n1\n");
    database = await openDatabase(join(ROOT, "data", "sql"), 1, join(folder, "spill"));
  });
  afterAll(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("spills rows to the folder it is given, never to the current one", async () => {
    const [where] = (await database.connection.runAndReadAll("SELECT current_setting('temp_directory')")).getColumns();
    expect(where).toEqual([join(folder, "spill")]);
  });

  test("once sealed reads, writes, attaches, installs and unlocks nothing", async () => {
    await database.connection.run(`SELECT * FROM read_text('${join(folder, "secret.csv")}')`);
    await database.seal();
    for (const attempt of [
      `SELECT * FROM read_text('${join(folder, "secret.csv")}')`,
      `SELECT * FROM '${join(folder, "secret.csv")}'`,
      "SELECT * FROM glob('/etc/*')",
      `COPY (SELECT 1) TO '${join(folder, "out.csv")}'`,
      `ATTACH '${join(folder, "other.duckdb")}'`,
      `EXPORT DATABASE '${folder}'`,
      "INSTALL httpfs",
      "LOAD httpfs",
      "SET enable_external_access = true",
      "SET lock_configuration = false",
      "SET memory_limit = '8GB'",
      "SET temp_directory = '/tmp'",
    ])
      await expect(database.connection.run(attempt), attempt).rejects.toThrow();
  });

  test("takes identifiers for what its statements name, and says which is missing", async () => {
    await expect(database.run("create-meaning", {})).rejects.toThrow("{meaning} is not given");
  });
});
