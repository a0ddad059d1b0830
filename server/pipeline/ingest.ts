import { accessSync, constants, existsSync, mkdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { Classification } from "../../data/contracts/classification.ts";
import type { Codebook, Column } from "../../data/contracts/codebook.ts";
import type { ColumnSummary, Extract, Finding } from "../../data/contracts/extract.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import { sha256 } from "../store/canonical.ts";
import type { Home } from "../store/home.ts";
import {
  hashOfCodebook,
  hashOfFile,
  keepExtract,
  keepSequence,
  listExtracts,
  type PersonKey,
  personKey,
  readFindings,
  withWorkFolder,
} from "../store/microdata/extracts.ts";
import { RowLoader } from "../store/microdata/load-rows.ts";
import { type Scan, scanRecords } from "../store/microdata/scan-records.ts";
import { interpreterOf, type Meaning } from "./interpret-column.ts";
import { summariseColumn } from "./summarise-column.ts";

/** A finding before its sentence is made in the reader's language. */
export type FoundInFile = Omit<Finding, "message"> & { fields: Record<string, string | number> };
export type Ingested = {
  extract: string;
  repeated: boolean;
  contributor: string;
  waves: string[];
  rows: { read: number; loaded: number; rejected: number };
  findings: FoundInFile[];
  columns: ColumnSummary[];
};
export type Progress = (step: string, done: number, of: number) => void;

/** More rejected rows than this share, and the file is refused whole. */
const LARGEST_REJECTED_SHARE = 0.01;
const MOST_COLUMNS = 2000;
const MUCH_DONT_KNOW = 0.15;
const UNEVEN_WEIGHTS = 30;

/**
 * Reads a steward's file in: scan, load, explain each column by the codebook, keep as an extract. Either all of it
 * becomes one extract, or problems are returned, every one at once, and the home is as it was.
 */
export async function ingest(request: {
  home: Home;
  codebook: Codebook;
  classifications: ReadonlyMap<string, Classification>;
  file: string;
  sqlFolder: string;
  threads: number;
  progress: Progress;
}): Promise<Ingested | Problem[]> {
  const { home, codebook, file, progress } = request;
  const name = basename(file);
  if (!existsSync(file) || !statSync(file).isFile())
    return [{ code: "file-not-found", where: { file: name }, fields: {} }];
  if (!canRead(file)) return [{ code: "file-unreadable", where: { file: name }, fields: {} }];
  if (codebook.kind === "register-rows")
    return [{ code: "kind-not-read-yet", where: { path: "kind" }, fields: { kind: codebook.kind } }];
  const codebookHash = hashOfCodebook(codebook);
  const known = listExtracts(home);
  progress("compare", 0, 5);
  const fileHash = hashOfFile(file);
  const same = known.find((extract) => extract.fileHash === fileHash && extract.codebookHash === codebookHash);
  if (same) return answerAgain(home, same, known);
  return withWorkFolder(home, async (folder) => {
    progress("scan", 1, 5);
    const clean = join(folder, "clean.csv");
    const scan = scanRecords(file, codebook.file, clean, codebook.columns.length);
    const header = codebook.file.header ? scan.header : codebook.columns.map(({ column }) => column);
    const refused = checkScan(scan, header, codebook, name);
    if (refused.length > 0 || !header) return refused;
    progress("load", 2, 5);
    const kept = join(folder, "extract");
    mkdirSync(kept, { mode: 0o700 });
    const loader = await RowLoader.open({
      clean,
      extract: join(kept, "rows.duckdb"),
      width: header.length,
      dialect: codebook.file,
      sqlFolder: request.sqlFolder,
      threads: request.threads,
      spill: join(folder, "spill"),
    });
    try {
      const loaded = await loader.rows();
      if (loaded !== scan.good)
        throw new Error(`rows disagree: the scanner found ${scan.good}, DuckDB loaded ${loaded}`);
      progress("explain", 3, 5);
      const explained = await explainColumns(loader, request, header);
      if ("problems" in explained) return explained.problems;
      progress("keep", 4, 5);
      const content = await loader.finish();
      const personProblem = await checkPersons(loader, codebook, name);
      if (personProblem) return [personProblem];
      const id = `${codebook.id}.${sha256(content + codebookHash).slice(0, 12)}`;
      const findings = [...scanFindings(scan, header, codebook), ...explained.findings];
      const answer: Ingested = {
        extract: id,
        repeated: false,
        contributor: explained.contributors.join(" "),
        waves: explained.waves,
        rows: { read: scan.good + scan.rejected, loaded: scan.good, rejected: scan.rejected },
        findings,
        columns: explained.summaries,
      };
      await loader.close();
      const twin = known.find((extract) => extract.id === id);
      if (twin) return answerAgain(home, twin, known);
      const extract: Extract = {
        format: "tilannekuva.extract/1",
        id,
        codebook: codebook.id,
        version: codebook.version,
        codebookHash,
        fileHash: scan.fileHash,
        contributors: explained.contributors,
        waves: explained.waves,
        rows: answer.rows,
        withoutWeight: explained.withoutWeight,
        sequence: Math.max(0, ...known.map(({ sequence }) => sequence)) + 1,
      };
      explained.key?.keep();
      keepExtract(home, kept, extract, codebook, answer);
      progress("keep", 5, 5);
      return answer;
    } finally {
      await loader.close();
    }
  });
}

/**
 * The same content again. Nothing changes, unless another extract has come since for one of its contributors and waves:
 * then this one is the latest again, and says so.
 */
function answerAgain(home: Home, extract: Extract, known: readonly Extract[]): Ingested {
  const answer = readFindings(home, extract.id) as Ingested;
  const superseded = known.some(
    (other) =>
      other.codebook === extract.codebook &&
      other.sequence > extract.sequence &&
      other.waves.some((wave) => extract.waves.includes(wave)) &&
      other.contributors.some((contributor) => extract.contributors.includes(contributor)),
  );
  if (!superseded) return { ...answer, repeated: true };
  keepSequence(home, { ...extract, sequence: Math.max(...known.map(({ sequence }) => sequence)) + 1 });
  const renewed: FoundInFile = {
    severity: "info",
    code: "latest-again",
    line: null,
    column: null,
    count: null,
    fields: {},
  };
  return { ...answer, repeated: false, findings: [renewed, ...answer.findings] };
}

function canRead(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** What the scan alone says against the file. */
function checkScan(scan: Scan, header: string[] | null, codebook: Codebook, file: string): Problem[] {
  const { delimiter, encoding } = codebook.file;
  if (scan.bytes === 0) return [{ code: "file-empty", where: { file }, fields: {} }];
  const problems: Problem[] = [];
  if (scan.looksLikeUtf8 || (scan.byteOrderMark && encoding !== "utf-8" && encoding !== "utf-16"))
    problems.push({ code: "encoding-is-utf8", where: { file, path: "file.encoding" }, fields: { declared: encoding } });
  if (scan.headerProblem)
    return [
      ...problems,
      {
        code: "header-unreadable",
        where: { file, line: 1 + codebook.file.skipLines },
        fields: { reason: scan.headerProblem.replace("-", ""), declared: encoding },
      },
    ];
  if (!header) return [...problems, { code: "header-missing", where: { file }, fields: {} }];
  if (header.length > MOST_COLUMNS)
    return [
      ...problems,
      { code: "columns-too-many", where: { file }, fields: { count: header.length, most: MOST_COLUMNS } },
    ];
  const rows = scan.good + scan.rejected;
  const listed = codebook.columns.map(({ column }) => column);
  const missing = listed.filter((column) => !header.includes(column));
  if (missing.length === listed.length) {
    const found = [";", ",", "\t", "|"].find((mark) => mark !== delimiter && (header[0] ?? "").includes(mark));
    problems.push(
      found
        ? {
            code: "delimiter-differs",
            where: { file, line: 1, path: "file.delimiter" },
            fields: { declared: delimiter, found },
          }
        : { code: "columns-all-missing", where: { file, line: 1 }, fields: { count: listed.length } },
    );
    return problems;
  }
  for (const column of missing)
    problems.push({ code: "column-missing", where: { file, line: 1, column }, fields: { column } });
  for (const column of new Set(
    header.filter((entry, index) => listed.includes(entry) && header.indexOf(entry) !== index),
  ))
    problems.push({ code: "column-repeated", where: { file, line: 1, column }, fields: { column } });
  if (rows === 0) problems.push({ code: "file-without-rows", where: { file }, fields: {} });
  if (scan.rejected > LARGEST_REJECTED_SHARE * rows)
    for (const [reason, count] of Object.entries(scan.reasons)) {
      const first = scan.rejects.find((reject) => reject.reason === reason)?.line;
      problems.push({
        code: `rows-${reason}`,
        where: { file, ...(first && { line: first }) },
        fields: { count, rows, limit: "1 %" },
      });
    }
  return problems;
}

function scanFindings(scan: Scan, header: string[], codebook: Codebook): FoundInFile[] {
  const findings: FoundInFile[] = Object.entries(scan.reasons).map(([reason, count]) => ({
    severity: "warning",
    code: `rows-${reason}`,
    line: scan.rejects.find((reject) => reject.reason === reason)?.line ?? null,
    column: null,
    count,
    fields: {
      lines: scan.rejects
        .filter((reject) => reject.reason === reason)
        .slice(0, 10)
        .map(({ line }) => line)
        .join(", "),
    },
  }));
  const listed = new Set(codebook.columns.map(({ column }) => column));
  for (const column of header.filter((entry) => !listed.has(entry)))
    findings.push({
      severity: "warning",
      code: "column-unlisted",
      line: null,
      column,
      count: null,
      fields: { column },
    });
  return findings;
}

type Explained = {
  summaries: ColumnSummary[];
  findings: FoundInFile[];
  waves: string[];
  contributors: string[];
  withoutWeight: number;
  key: PersonKey | null;
};

/** Reads each listed column by the codebook. All undeclared values are reported, by column and count, never by value. */
async function explainColumns(
  loader: RowLoader,
  {
    codebook,
    classifications,
    home,
    file: path,
  }: { codebook: Codebook; classifications: ReadonlyMap<string, Classification>; home: Home; file: string },
  header: string[],
): Promise<Explained | { problems: Problem[] }> {
  const file = basename(path);
  const problems: Problem[] = [];
  const explained: Explained = {
    summaries: [],
    findings: [],
    waves: codebook.wave ? [codebook.wave] : [],
    contributors: codebook.contributor ? [codebook.contributor] : [],
    withoutWeight: 0,
    key: null,
  };
  for (const [position, column] of codebook.columns.entries()) {
    if (column.use === "ignore") continue;
    const texts = await loader.texts(header.indexOf(column.column));
    const interpret = interpreterOf(column, codebook, classifications);
    const read = texts.map((entry) => ({ ...entry, meaning: interpret(entry.text) }));
    const undeclared = read.filter(({ meaning }) => meaning === null);
    if (undeclared.length > 0) {
      const count = undeclared.reduce((total, { rows }) => total + rows, 0);
      const line = undeclared.reduce((least, { firstLine }) => Math.min(least, firstLine), Number.POSITIVE_INFINITY);
      problems.push({
        code: "values-undeclared",
        where: { file, line, column: column.column, path: `columns[${position}]` },
        fields: { column: column.column, count, distinct: undeclared.length },
      });
      continue;
    }
    const needed = missingWhereNeeded(column, read as { rows: number; firstLine: number; meaning: Meaning }[]);
    if (needed)
      problems.push({
        code: "value-needed",
        where: { file, line: needed.line, column: column.column },
        fields: { column: column.column, count: needed.rows },
      });
    const meanings = new Map(read.map(({ text, meaning }) => [text, meaning as Meaning]));
    if (column.use === "person") {
      explained.key = personKey(home);
      for (const [text, meaning] of meanings)
        if ("code" in meaning) meanings.set(text, { code: explained.key.of(meaning.code) });
    }
    if (problems.length === 0)
      await loader.explain(position, header.indexOf(column.column), meanings, column.use === "person");
    describe(explained, column, read as { rows: number; meaning: Meaning }[]);
  }
  explained.waves.sort();
  explained.contributors.sort();
  return problems.length > 0 ? { problems } : explained;
}

/** Wave, contributor and count must be there on every row. */
function missingWhereNeeded(column: Column, read: readonly { rows: number; firstLine: number; meaning: Meaning }[]) {
  if (column.use !== "wave" && column.use !== "contributor") return null;
  const absent = read.filter(({ meaning }) => "reason" in meaning);
  if (absent.length === 0) return null;
  return {
    rows: absent.reduce((total, { rows }) => total + rows, 0),
    line: absent.reduce((least, { firstLine }) => Math.min(least, firstLine), Number.POSITIVE_INFINITY),
  };
}

function describe(explained: Explained, column: Column, read: readonly { rows: number; meaning: Meaning }[]): void {
  const summary = summariseColumn(column, read);
  explained.summaries.push(summary);
  const codes = () => [...new Set(read.flatMap(({ meaning }) => ("code" in meaning ? [meaning.code] : [])))];
  if (column.use === "wave") explained.waves = codes();
  if (column.use === "contributor") explained.contributors = codes();
  const find = (code: string, count: number, fields: FoundInFile["fields"] = {}) =>
    explained.findings.push({
      severity: "warning",
      code,
      line: null,
      column: column.column,
      count,
      fields: { column: column.column, ...fields },
    });
  const dontKnow = summary.missing.dont_know ?? 0;
  const asked = summary.valid + dontKnow + (summary.missing.refused ?? 0) + (summary.missing.no_answer ?? 0);
  if (column.use === "item" && dontKnow > MUCH_DONT_KNOW * asked)
    find("much-dont-know", dontKnow, { percent: Math.round((100 * dontKnow) / asked) });
  if (column.use === "weight") {
    explained.withoutWeight = read.reduce(
      (total, { rows, meaning }) => total + ("number" in meaning && meaning.number > 0 ? 0 : rows),
      0,
    );
    if (explained.withoutWeight > 0) find("weight-not-positive", explained.withoutWeight);
    const ratio = largestToMedian(read);
    if (ratio > UNEVEN_WEIGHTS) find("weights-uneven", summary.valid, { ratio: Math.round(ratio) });
  }
}

function largestToMedian(read: readonly { rows: number; meaning: Meaning }[]): number {
  const weights = read
    .flatMap(({ rows, meaning }) =>
      "number" in meaning && meaning.number > 0 ? [{ rows, weight: meaning.number }] : [],
    )
    .sort((left, right) => left.weight - right.weight);
  const half = weights.reduce((total, { rows }) => total + rows, 0) / 2;
  let passed = 0;
  const median = weights.find(({ rows }) => {
    passed += rows;
    return passed >= half;
  });
  return median ? (weights.at(-1)?.weight ?? 0) / median.weight : 0;
}

/** Persons count once (METHOD §0): a file with several rows of one person in one wave is not read yet. */
async function checkPersons(loader: RowLoader, codebook: Codebook, file: string): Promise<Problem | null> {
  const person = codebook.columns.findIndex(({ use }) => use === "person");
  if (person < 0) return null;
  const wave = codebook.columns.findIndex(({ use }) => use === "wave");
  const repeated = await loader.repeatedPersons(person, wave < 0 ? null : wave);
  const column = codebook.columns[person]?.column ?? "";
  return repeated > 0
    ? { code: "person-repeated", where: { file, column }, fields: { column, count: repeated } }
    : null;
}
