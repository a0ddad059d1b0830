import type { z } from "zod";
import { Codebook, Column, Dialect, Scale } from "../../data/contracts/codebook.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import { seriesOfCodebook } from "./count-series.ts";

/** Ids that the release itself gives to variables. */
const RESERVED_VARIABLES = new Set(["wave", "month", "segment", "band", "troubles", "all"]);
const ONCE = new Set(["weight", "stratum", "psu", "person", "wave", "contributor", "count", "month"]);

/**
 * Reads a codebook and says everything that is wrong with it at once, each with its path: first its shape (the
 * contract), then what fields say together. `classifications` are the ids known to this program.
 */
export function checkCodebook(document: unknown, classifications: ReadonlySet<string>): Codebook | Problem[] {
  const parsed = Codebook.safeParse(document);
  if (parsed.success) {
    const problems = checkTogether(parsed.data, classifications);
    return problems.length > 0 ? problems : parsed.data;
  }
  const shape = parsed.error.issues.map((issue) => shapeProblem("codebook-shape", issue, document));
  const whole = wholeParts(document);
  // Of what the whole parts say together, only what lies in them: a part that is missing here is a shape problem above.
  const together = whole ? checkTogether(whole.codebook, classifications) : [];
  return [
    ...shape,
    ...together.filter(
      ({ code, where }) =>
        /^(file|columns|scales)[.[]/.test(where.path ?? "") && !(code === "scale-unknown" && whole?.scalesLost),
    ),
  ];
}

/** The parts of a misshapen codebook that are whole, each in its place, so that they too can be checked. */
function wholeParts(document: unknown): { codebook: Codebook; scalesLost: boolean } | null {
  const parts = Object(document) as { columns?: unknown; scales?: unknown; file?: unknown; replicates?: unknown };
  if (!Array.isArray(parts.columns)) return null;
  const columns = parts.columns.map(
    (column, index): Column => Column.safeParse(column).data ?? { column: `\u0000${index}`, use: "ignore" },
  );
  const given = Object.entries(Object(parts.scales) as Record<string, unknown>);
  const scales = Object.fromEntries(
    given.flatMap(([name, scale]) => (Scale.safeParse(scale).data ? [[name, scale as Scale]] : [])),
  );
  const file: Dialect = Dialect.safeParse(parts.file).data ?? {
    encoding: "utf-8",
    delimiter: ";",
    quote: '"',
    decimal: ",",
    header: true,
    skipLines: 0,
    empty: [],
  };
  const name = { fi: "-", sv: "-", en: "-" };
  const codebook: Codebook = {
    format: "tilannekuva.codebook/1",
    id: "-",
    version: 1,
    kind: "survey",
    name,
    synthetic: false,
    file,
    scales,
    columns,
    // One that is there but misshapen has been complained of already.
    ...(parts.replicates !== undefined && { replicates: { scale: 1 } }),
  };
  return { codebook, scalesLost: Object.keys(scales).length < given.length };
}

/** What fields say together. */
function checkTogether(codebook: Codebook, classifications: ReadonlySet<string>): Problem[] {
  const problems: Problem[] = [];
  const say = (code: string, path: string, fields: Problem["fields"] = {}) =>
    problems.push({ code, where: { path }, fields });
  checkFile(codebook, say);
  checkScales(codebook.scales ?? {}, say);
  checkColumnsTogether(codebook, say);
  checkReplicates(codebook, say);
  codebook.columns.forEach((column, index) => {
    checkColumn(column, `columns[${index}]`, codebook, classifications, say);
  });
  return problems;
}

/** Replicate weights are of no use without how they become a variance (METHOD §2.2). */
function checkReplicates({ columns, replicates }: Codebook, say: Say): void {
  const count = columns.filter(({ use }) => use === "replicate").length;
  const given = replicates?.rscales?.length;
  if (count > 0 && !replicates) say("replicates-undeclared", "replicates");
  else if (count === 1) say("replicates-too-few", "replicates");
  else if (given !== undefined && given !== count) say("rscales-count", "replicates.rscales", { given, count });
}

type Say = (code: string, path: string, fields?: Problem["fields"]) => void;

/** The header of the column that a path leads into, for people who count in headers. */
function headerOf(path: PropertyKey[], document: unknown): { column?: string } {
  if (path[0] !== "columns" || typeof path[1] !== "number") return {};
  const { column } = Object(Object(Object(document).columns)[path[1]]) as { column?: unknown };
  return typeof column === "string" ? { column } : {};
}

/** A contract's complaint as a problem: `columns[3].direction` and what was expected. */
export function shapeProblem(code: string, issue: z.core.$ZodIssue, document: unknown): Problem {
  const path = issue.path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : text ? `${text}.${String(step)}` : String(step)),
    "",
  );
  const where = { path: path || ".", ...headerOf(issue.path, document) };
  const given = issue.path.reduce<unknown>((value, step) => Object(value)[step], document);
  if (given === undefined && issue.code !== "unrecognized_keys")
    return { code: "shape-missing", where, fields: { name: String(issue.path.at(-1) ?? "") } };
  if (issue.code === "unrecognized_keys")
    return { code: "shape-unknown", where, fields: { names: issue.keys.join(", ") } };
  if (issue.code === "invalid_value")
    return { code: "shape-choice", where, fields: { choices: issue.values.join(", ") } };
  if (issue.code === "invalid_union" && "options" in issue)
    return { code: "shape-choice", where, fields: { choices: (issue.options as unknown[]).join(", ") } };
  if (issue.code === "invalid_format")
    return { code: "shape-form", where, fields: { name: String(issue.path.at(-1) ?? "") } };
  return { code, where, fields: { expected: issue.message } };
}

function checkFile({ file, kind, columns, contributor, wave }: Codebook, say: Say): void {
  if (file.delimiter === file.decimal) say("delimiter-is-decimal", "file.decimal", { delimiter: file.delimiter });
  if (file.delimiter === file.quote) say("delimiter-is-quote", "file.quote", { delimiter: file.delimiter });
  if (/[\r\n\0]/.test(file.delimiter + file.quote)) say("delimiter-is-line-end", "file.delimiter");
  const uses = new Set(columns.map((column) => column.use));
  if ((contributor !== undefined) === uses.has("contributor")) say("contributor-once", "contributor");
  if ((wave !== undefined) === uses.has("wave")) say("wave-once", "wave");
  if (kind === "register-counts" && !uses.has("count")) say("count-missing", "columns");
  if (kind === "register-counts" && uses.has("item")) say("items-in-counts", "columns");
  if (kind === "survey" && !uses.has("item")) say("items-missing", "columns");
}

function checkScales(scales: Record<string, Scale>, say: Say): void {
  for (const [name, scale] of Object.entries(scales)) {
    const path = `scales.${name}`;
    if (scale.type === "likert" || scale.type === "scale") {
      if (scale.min === undefined || scale.max === undefined) say("scale-bounds-missing", path, { type: scale.type });
      else if (scale.min >= scale.max) say("scale-bounds-order", path, { min: scale.min, max: scale.max });
    }
    if (scale.type === "count" && scale.cap === undefined) say("scale-cap-missing", path);
    checkValues(scale.values ?? {}, scale, `${path}.values`, say);
    for (const [index, { code }] of (scale.missing ?? []).entries())
      if (isValue(code, scale)) say("missing-code-is-a-value", `${path}.missing[${index}]`, { code });
  }
}

function bounds(scale: Scale): { min: number; max: number } {
  const min = scale.min ?? (scale.type === "binary" ? 0 : Number.NEGATIVE_INFINITY);
  return { min, max: scale.max ?? (scale.type === "binary" ? 1 : Number.POSITIVE_INFINITY) };
}

function checkValues(values: Record<string, number>, scale: Scale, path: string, say: Say): void {
  const { min, max } = bounds(scale);
  for (const [text, value] of Object.entries(values))
    if (value < min || value > max) say("value-outside-scale", `${path}.${text}`, { value, min, max });
}

function isValue(code: string, scale: Scale): boolean {
  if (scale.values && Object.hasOwn(scale.values, code)) return true;
  if (scale.values || scale.type === "count" || scale.type === "money") return false;
  const { min, max } = bounds(scale);
  const number = Number(code.replace(",", "."));
  return code.trim() !== "" && number >= min && number <= max;
}

function checkColumnsTogether({ columns }: Codebook, say: Say): void {
  const seen = new Map<string, number>();
  const once = (key: string, index: number, code: string, fields: Problem["fields"], part: string) => {
    if (seen.has(key)) say(code, `columns[${index}].${part}`, fields);
    else seen.set(key, index);
  };
  // By month each count is a series of its own; without months there is one, the people of the register.
  const series = columns.some(({ use }) => use === "month") ? seriesOfCodebook({ columns }) : [];
  for (const { id, column } of series) once(`series ${id}`, column, "id-twice", { id }, "column");
  columns.forEach((column, index) => {
    once(`column ${column.column}`, index, "column-listed-twice", { column: column.column }, "column");
    if (ONCE.has(column.use) && !(column.use === "count" && series.length > 0))
      once(`use ${column.use}`, index, "use-twice", { use: column.use }, "use");
    if (column.use === "item") once(`item ${column.id}`, index, "id-twice", { id: column.id }, "id");
    if (column.use === "background") once(`background ${column.id}`, index, "id-twice", { id: column.id }, "id");
    if (column.use === "service")
      once(
        `service ${column.service} ${column.question}`,
        index,
        "service-twice",
        { service: column.service, question: column.question },
        "question",
      );
  });
}

function checkColumn(
  column: Column,
  path: string,
  codebook: Codebook,
  classifications: ReadonlySet<string>,
  say: Say,
): void {
  const scaleOf = (name: string) => {
    const scale = codebook.scales && Object.hasOwn(codebook.scales, name) ? codebook.scales[name] : undefined;
    if (!scale)
      say("scale-unknown", `${path}.scale`, { scale: name, known: Object.keys(codebook.scales ?? {}).join(", ") });
    return scale;
  };
  if (column.use === "item") {
    const scale = scaleOf(column.scale);
    if (!scale) return;
    checkValues(column.values ?? {}, scale, `${path}.values`, say);
    for (const [index, { code }] of (column.missing ?? []).entries())
      if (isValue(code, { ...scale, values: column.values ?? scale.values }))
        say("missing-code-is-a-value", `${path}.missing[${index}]`, { code });
  } else if (column.use === "service") {
    if (column.question === "experience") {
      if (column.scale) scaleOf(column.scale);
      else say("experience-needs-scale", path);
    } else {
      const values = Object.values(column.values ?? {});
      if (values.length === 0) say("service-needs-values", path, { question: column.question });
      for (const value of values)
        if (value !== 0 && value !== 1) say("service-value-not-binary", `${path}.values`, { value });
    }
  } else if (column.use === "background") {
    checkBackground(column, path, classifications, say);
  }
}

function checkBackground(
  column: Extract<Column, { use: "background" }>,
  path: string,
  classifications: ReadonlySet<string>,
  say: Say,
): void {
  const { id, classification, categories, bands } = column;
  if (RESERVED_VARIABLES.has(id)) say("variable-reserved", `${path}.id`, { id });
  if ([classification, categories, bands].filter((codes) => codes !== undefined).length !== 1)
    say("codes-one-way", path, { id });
  if (classification && !classifications.has(classification))
    say("classification-unknown", `${path}.classification`, { classification, known: [...classifications].join(", ") });
  if (!classification && !column.name) say("name-missing", path, { id });
  const codes = (categories ?? bands ?? []).map(({ code }) => code);
  for (const code of new Set(codes.filter((entry, index) => codes.indexOf(entry) !== index)))
    say("code-twice", path, { code });
  const texts = (categories ?? []).flatMap(({ code, from }) => from ?? [code]);
  for (const text of new Set(texts.filter((entry, index) => texts.indexOf(entry) !== index)))
    say("text-in-two-categories", path, { text });
  const sorted = [...(bands ?? [])].sort((left, right) => left.from - right.from);
  sorted.forEach((band, index) => {
    const next = sorted[index + 1];
    if (band.from > band.to || (next && next.from <= band.to))
      say("bands-overlap", `${path}.bands`, { code: band.code });
  });
}
