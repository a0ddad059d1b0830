import type { Dialect } from "../../../data/contracts/codebook.ts";
import { sha256 } from "../canonical.ts";
import { type Database, literal, openDatabase } from "./database.ts";

/** A text of a column, with how many rows hold it and the first line that does. */
export type ColumnText = { text: string; rows: number; firstLine: number };
/** What a text means: a number, a code, or the reason why there is no answer. */
export type Meaning = { number: number } | { code: string; parsed?: number } | { reason: string };

/** Meanings joined at once: DuckDB plans ninety joins in one statement in seconds, nine times ten in a moment. */
const JOINS_AT_ONCE = 10;

/**
 * A file being read in: first as texts, then as what the codebook says they mean, into an extract file of its own.
 * The order is: open, texts of each column, meanings of each column, finish.
 */
export class RowLoader {
  private readonly meaningful: { column: number; source: number; person: boolean }[] = [];
  private closed = false;
  private constructor(private readonly database: Database) {}

  static async open(options: {
    clean: string;
    extract: string;
    width: number;
    dialect: Dialect;
    sqlFolder: string;
    threads: number;
    spill: string;
  }): Promise<RowLoader> {
    const database = await openDatabase(options.sqlFolder, options.threads, options.spill);
    await database.connection.run(`ATTACH ${literal(options.extract)} AS extract`);
    const columns = Array.from({ length: options.width }, (_, column) => `'c${column}': 'VARCHAR'`);
    await database.run("read-clean-csv", {
      path: literal(options.clean),
      columns: `{'line': 'BIGINT', ${columns.join(", ")}}`,
      delimiter: literal(options.dialect.delimiter),
      quote: literal(options.dialect.quote),
    });
    await database.seal();
    return new RowLoader(database);
  }

  async rows(): Promise<number> {
    return (await this.database.columns("count-raw"))[0]?.[0] as number;
  }

  async texts(column: number): Promise<ColumnText[]> {
    const [texts, rows, lines] = await this.database.columns("texts-of-column", { column: `c${column}` });
    return (texts as string[]).map((text, index) => ({
      text,
      rows: rows?.[index] as number,
      firstLine: lines?.[index] as number,
    }));
  }

  /**
   * Says what each text of the file's column `source` means for the codebook's column `column`. A person column's
   * keyed ids link rows and take no part in hashes.
   */
  async explain(column: number, source: number, meanings: ReadonlyMap<string, Meaning>, person = false): Promise<void> {
    const meaning = `m${column}`;
    await this.database.run("create-meaning", { meaning });
    const appender = await this.database.connection.createAppender(meaning);
    for (const [text, meant] of meanings) {
      appender.appendVarchar(text);
      if ("number" in meant) appender.appendDouble(meant.number);
      else appender.appendNull();
      if ("code" in meant) appender.appendVarchar(meant.code);
      else appender.appendNull();
      if ("reason" in meant) appender.appendVarchar(meant.reason);
      else appender.appendNull();
      appender.appendVarchar(canonicalOf(meant));
      appender.endRow();
    }
    appender.closeSync();
    this.meaningful.push({ column, source, person });
  }

  /** Joins meanings to rows in the extract's file. Returns the hash of its content without the codebook's. */
  async finish(): Promise<string> {
    const parts: string[] = [];
    for (let from = 0; from < this.meaningful.length; from += JOINS_AT_ONCE) {
      const part = `part${parts.length}`;
      const columns = this.meaningful.slice(from, from + JOINS_AT_ONCE);
      await this.database.run("join-meanings", {
        part,
        select: columns
          .map(
            ({ column: c }) =>
              `m${c}.number AS number${c}, m${c}.code AS code${c}, m${c}.reason AS reason${c}, m${c}.canonical AS canonical${c}`,
          )
          .join(", "),
        joins: columns
          .map(({ column: c, source }) => `LEFT JOIN m${c} ON m${c}.text = coalesce(raw.c${source}, '')`)
          .join(" "),
      });
      parts.push(part);
    }
    await this.database.run("create-rows", {
      select: this.meaningful.map(({ column: c }) => `number${c}, code${c}, reason${c}`).join(", "),
      canonical: this.meaningful
        .filter(({ person }) => !person)
        .map(({ column }) => `canonical${column}`)
        .join(", "),
      joins: parts
        .slice(1)
        .map((part) => `JOIN ${part} USING (line)`)
        .join(" "),
    });
    const [hashes] = await this.database.columns("hash-of-rows");
    return (hashes?.[0] as string | null) ?? sha256("");
  }

  async repeatedPersons(person: number, wave: number | null): Promise<number> {
    const identifiers = { person: `code${person}`, wave: wave === null ? "1" : `code${wave}` };
    return (await this.database.columns("repeated-persons", identifiers))[0]?.[0] as number;
  }

  /** Lets go of the files; a second call does nothing. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.database.connection.run("DETACH extract");
    this.database.close();
  }
}

/** A meaning as text that no other meaning has: numbers, codes and reasons never look alike, and lengths keep them apart. */
function canonicalOf(meant: Meaning): string {
  const text = textOf(meant);
  return `${text.length}:${text}`;
}

function textOf(meant: Meaning): string {
  if ("reason" in meant) return `r${meant.reason}`;
  if ("number" in meant) return `n${meant.number}`;
  return meant.parsed === undefined ? `c${meant.code}` : `n${meant.parsed}`;
}
