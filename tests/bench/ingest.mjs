import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { ROOT } from "../prepared-home.mjs";

const ROWS = 1_000_000;
const ITEMS = 10;
const THREADS = 2;

/** Ingest (scan, pinned load, meaning of every text, hashes, store) beside DuckDB's bare read_csv of the same file. */
export async function ingestBench() {
  const folder = mkdtempSync(join(tmpdir(), "tilannekuva-bench-"));
  try {
    const { file, codebook } = writeFile(folder);
    const bare = await bareRead(file);
    const scan = performance.now();
    const child = spawnSync(
      process.execPath,
      [
        join(ROOT, "build", "tilannekuva.mjs"),
        "ingest",
        "--json",
        "--threads",
        String(THREADS),
        "--home",
        join(folder, "home"),
        "--codebook",
        codebook,
        file,
      ],
      { encoding: "utf8", maxBuffer: 1 << 28 },
    );
    const whole = (performance.now() - scan) / 1000;
    if (child.status !== 0) throw new Error(child.stdout + child.stderr);
    const steps = child.stderr
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const { rows } = JSON.parse(child.stdout);
    const rowsOf = steps.slice(0, -1).map(({ step, seconds }, index) => ({
      what: `  ${step}`,
      seconds: (steps[index + 1].seconds - seconds).toFixed(2),
      ratio: ((steps[index + 1].seconds - seconds) / bare).toFixed(2),
    }));
    return {
      title: `Ingest of ${rows.loaded.toLocaleString("en")} rows × ${ITEMS + 2} columns, ${(statSync(file).size / 1e6).toFixed(0)} MB, ${THREADS} threads`,
      rows: [
        { what: "DuckDB read_csv, bare, texts into memory", seconds: bare.toFixed(2), ratio: "1.00" },
        { what: "tilannekuva ingest, whole process", seconds: whole.toFixed(2), ratio: (whole / bare).toFixed(2) },
        ...rowsOf,
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeFile(folder) {
  const names = (text) => ({ fi: text, sv: text, en: text });
  const codebook = {
    format: "tilannekuva.codebook/1",
    id: "bench",
    version: 1,
    kind: "survey",
    name: names("Bench"),
    synthetic: true,
    file: { encoding: "utf-8", delimiter: ";", quote: '"', decimal: ",", header: true, skipLines: 0, empty: [""] },
    contributor: "bench",
    wave: "2025",
    scales: { ten: { type: "scale", min: 0, max: 10, missing: [{ code: "98", reason: "dont_know" }] } },
    columns: [
      { column: "paino", use: "weight" },
      {
        column: "alue",
        use: "background",
        id: "area",
        name: names("Area"),
        categories: ["pohjoinen", "etelä", "länsi", "itä"].map((text, index) => ({
          code: `a${index}`,
          from: [text],
          name: names(text),
        })),
      },
      ...Array.from({ length: ITEMS }, (_, item) => ({
        column: `kysymys${item}`,
        use: "item",
        id: `i-${item}`,
        wording: `i-${item}`,
        scale: "ten",
        dimension: "health",
        direction: "+",
        text: names(`i${item}`),
      })),
    ],
  };
  const areas = ["pohjoinen", "etelä", "länsi", "itä"];
  let state = 12345;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
  const parts = [codebook.columns.map(({ column }) => column).join(";")];
  for (let row = 0; row < ROWS; row++) {
    const answers = Array.from({ length: ITEMS }, () =>
      next() % 40 === 0 ? "98" : next() % 50 === 0 ? "" : next() % 11,
    );
    parts.push(
      `${(0.5 + (next() % 1000) / 1000).toFixed(3).replace(".", ",")};"${areas[next() % 4]}";${answers.join(";")}`,
    );
  }
  writeFileSync(join(folder, "bench.csv"), `${parts.join("\n")}\n`);
  writeFileSync(join(folder, "bench.json"), JSON.stringify(codebook));
  return { file: join(folder, "bench.csv"), codebook: join(folder, "bench.json") };
}

async function bareRead(file) {
  const instance = await DuckDBInstance.create(":memory:", { threads: String(THREADS) });
  const connection = await instance.connect();
  const columns = Array.from({ length: ITEMS + 2 }, (_, column) => `'c${column}': 'VARCHAR'`).join(", ");
  const start = performance.now();
  await connection.run(
    `CREATE TABLE bare AS SELECT * FROM read_csv('${file}', columns = {${columns}}, delim = ';', quote = '"', escape = '"', header = true, auto_detect = false)`,
  );
  const seconds = (performance.now() - start) / 1000;
  connection.closeSync();
  instance.closeSync();
  return seconds;
}
