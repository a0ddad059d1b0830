import {
  AsyncDuckDB,
  type AsyncDuckDBConnection,
  type AsyncPreparedStatement,
  PACKAGE_VERSION,
  VoidLogger,
} from "@duckdb/duckdb-wasm";
import type { Table } from "apache-arrow";
import type { At, FigureKind, Flag, Statistic } from "../../data/contracts/cell.ts";
import { cellKey } from "../../data/contracts/cell-key.ts";
import type { KeyedCell } from "../../server/findings/view.ts";
import type { Asked } from "./explored.ts";

/** Where the build puts the engine's two files (server/start/engine.mjs); its version is in the path, so they never change. */
const ENGINE = `/engine/duckdb-${PACKAGE_VERSION}`;

/** Finds the published cells around what is asked. It chooses among them, and computes nothing. */
export type Engine = { around(asked: Asked): Promise<KeyedCell[]> };

/**
 * Starts the browser's own database and gives it the release's Arrow stream. First of all it is told to fetch nothing: an extension that it fails to
 * fetch would break it.
 */
export async function startEngine(stream: string, variables: string[]): Promise<Engine> {
  const worker = new Worker(`${ENGINE}/duckdb-browser-eh.worker.js`);
  try {
    const database = new AsyncDuckDB(new VoidLogger(), worker);
    const [bytes] = await Promise.race([
      failureOf(worker),
      Promise.all([
        bytesOf(stream),
        database
          .instantiate(`${window.location.origin}${ENGINE}/duckdb-eh.wasm`)
          .then(() => database.open({ query: { castBigIntToDouble: true, castDecimalToDouble: true } })),
      ]),
    ]);
    const connection = await database.connect();
    await connection.query("SET autoinstall_known_extensions = false");
    await connection.query("SET autoload_known_extensions = false");
    await connection.insertArrowFromIPCStream(bytes, { name: "cells", create: true });
    return await engineOn(connection, variables);
  } catch (error) {
    worker.terminate();
    throw error;
  }
}

/**
 * A choice is answered from one small table: the cells of the measure that is looked at and of the dimensions, with the codes as
 * numbers. All cells would be compared with every choice otherwise, by their texts.
 */
async function engineOn(connection: AsyncDuckDBConnection, variables: string[]): Promise<Engine> {
  const codes = new Map<string, string[]>();
  for (const name of variables) codes.set(name, await codesOf(connection, name));
  const numbers = variables.map(
    (name) =>
      `list_position([${(codes.get(name) ?? []).map(quoted).join(", ")}], "${name}")::USMALLINT AS "${name} at"`,
  );
  await connection.query(`CREATE TABLE numbered AS SELECT *, ${numbers.join(", ")} FROM cells`);
  const differing = variables.map((name) => `("${name} at" <> ? AND "${name} at" <> ${ALL})::UTINYINT`).join(" + ");
  let looking = { at: "", around: null as AsyncPreparedStatement | null };
  const lookAt = async ({ measure, statistic }: Asked) => {
    const [isMeasure, isDimension] = [
      `measure = ${quoted(measure)} AND statistic = ${quoted(statistic)}`,
      "measure LIKE 'dimension.%' AND statistic = 'mean'",
    ];
    await looking.around?.close();
    await connection.query(`CREATE OR REPLACE TABLE near AS SELECT *, (${isMeasure})::UTINYINT AS may_differ
      FROM numbered WHERE (${isMeasure}) OR (${isDimension})`);
    const around = await connection.prepare(`SELECT ${[...variables.map((name) => `"${name}"`), ...SHOWN].join(", ")}
      FROM near WHERE ${differing} <= may_differ`);
    looking = { at: `${measure}/${statistic}`, around };
  };
  return {
    around: async (asked) => {
      if (looking.at !== `${asked.measure}/${asked.statistic}`) await lookAt(asked);
      const places = variables.map((name) => {
        const code = name === "wave" ? asked.wave : asked.at[name];
        return code === undefined ? ALL : (codes.get(name)?.indexOf(code) ?? -1) + 1;
      });
      if (!looking.around) throw new Error("The engine looks at no measure.");
      return cellsOf(await looking.around.query(...places), variables);
    },
  };
}

/** The place of "all" among a variable's codes, counted from one; a code that no cell has is at none. */
const ALL = 1;
const SHOWN = "measure statistic kind value low high n difference difference_low difference_high settled flags".split(
  " ",
);

async function codesOf(connection: AsyncDuckDBConnection, name: string): Promise<string[]> {
  const found = await connection.query(
    `SELECT DISTINCT "${name}" AS code FROM cells WHERE "${name}" <> 'all' ORDER BY 1`,
  );
  return ["all", ...found.toArray().map(({ code }) => String(code))];
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The rows of a result as the cells that they were made of, each with the comparison with everyone alone. */
function cellsOf(found: Table, variables: string[]): KeyedCell[] {
  const column = <Value>(name: string): { get(row: number): Value } => {
    const vector = found.getChild(name);
    if (!vector) throw new Error(`The release's cells have no column ${name}.`);
    return vector;
  };
  const number = (name: string) => column<number | null>(name);
  const cuts = variables.map((name) => [name, column<string>(name)] as const);
  const [measure, statistic] = [column<string>("measure"), column<Statistic>("statistic")];
  const [kind, flags, settled] = [column<FigureKind>("kind"), column<string>("flags"), column<boolean>("settled")];
  const [value, low, high, n] = [column<number>("value"), number("low"), number("high"), number("n")];
  const [difference, from, to] = [
    number("difference"),
    column<number>("difference_low"),
    column<number>("difference_high"),
  ];
  const cellAt = (row: number): KeyedCell => {
    const at: At = {};
    for (const [name, codes] of cuts) {
      const code = codes.get(row);
      if (code !== "all") at[name] = code;
    }
    const head = { measure: measure.get(row), statistic: statistic.get(row), at };
    const key = cellKey(head.measure, head.statistic, at);
    const is = kind.get(row);
    if (is !== "value") return { key, ...head, figure: { kind: is } };
    const against = difference.get(row);
    const everyone = { against: "everyone", low: from.get(row), high: to.get(row), settled: settled.get(row) };
    const figure = {
      kind: is,
      value: value.get(row),
      low: low.get(row),
      high: high.get(row),
      n: n.get(row),
      flags: flags.get(row).split(";").filter(Boolean) as Flag[],
      versus: against === null ? [] : [{ ...everyone, difference: against }],
    };
    return { key, ...head, figure };
  };
  return Array.from({ length: found.numRows }, (_, row) => cellAt(row));
}

/** Rejects when the worker fails, or says nothing for too long: of some failures within it no word comes out. */
function failureOf(worker: Worker): Promise<never> {
  return new Promise((_, reject) => {
    worker.addEventListener("error", reject, { once: true });
    window.setTimeout(() => reject(new Error("The engine has not started in time.")), PATIENCE);
  });
}

/** Milliseconds; on a slow line the engine's eight megabytes take their time, and the server answers meanwhile. */
const PATIENCE = 60_000;

/** The stream's bytes; a release of before it was written has none. */
async function bytesOf(stream: string): Promise<Uint8Array> {
  const answer = await fetch(stream);
  if (!answer.ok) throw new Error(`The release's cells did not come: ${answer.status}.`);
  return new Uint8Array(await answer.arrayBuffer());
}
