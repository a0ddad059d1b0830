import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";

/**
 * DuckDB in memory for one batch process: one instance, one connection, locked down. Nothing is fetched, no extension loads,
 * and after `seal` no file outside is reached and no setting changes.
 *
 * What does not fit into memory goes to `spill`, a folder of the vault that goes with the work: left to itself DuckDB
 * writes rows to the current folder for all to read.
 *
 * A second open of the same file in one process loses committed rows without a word, so a process opens one.
 */
export type Database = {
  run(name: string, identifiers?: Record<string, string>, values?: Record<string, DuckDBValue>): Promise<void>;
  columns(
    name: string,
    identifiers?: Record<string, string>,
    values?: Record<string, DuckDBValue>,
  ): Promise<DuckDBValue[][]>;
  connection: DuckDBConnection;
  seal(): Promise<void>;
  close(): void;
};

export async function openDatabase(sqlFolder: string, threads: number, spill: string): Promise<Database> {
  const instance = await DuckDBInstance.create(":memory:", {
    temp_directory: spill,
    threads: String(threads),
    memory_limit: "1GB",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
  });
  const connection = await instance.connect();
  return {
    connection,
    async run(name, identifiers = {}, values = {}) {
      await connection.run(statement(sqlFolder, name, identifiers), values);
    },
    async columns(name, identifiers = {}, values = {}) {
      const reader = await connection.runAndReadAll(statement(sqlFolder, name, identifiers), values);
      return reader.getColumns();
    },
    async seal() {
      await connection.run("SET enable_external_access = false");
      await connection.run("SET lock_configuration = true");
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/**
 * A statement of data/sql with its `{identifiers}` filled in. Identifiers and lists of them come from the builders of
 * this room (c0…cn, m0…mn), never from a file or a person; values go as parameters.
 */
function statement(folder: string, name: string, identifiers: Record<string, string>): string {
  return readFileSync(join(folder, `${name}.sql`), "utf8").replace(/\{([a-z]+)\}/g, (_, key: string) => {
    const identifier = identifiers[key];
    if (identifier === undefined) throw new Error(`data/sql/${name}.sql: {${key}} is not given`);
    return identifier;
  });
}

/** A text as a SQL literal: for the two places where DuckDB takes no parameter (paths of ATTACH, options of read_csv). */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
