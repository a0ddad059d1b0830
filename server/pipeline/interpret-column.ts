import type { z } from "zod";
import type { Classification } from "../../data/contracts/classification.ts";
import type { Codebook, Column, Dialect, MissingCode, MissingReason, Scale } from "../../data/contracts/codebook.ts";

/**
 * What a text of a column means; null when the codebook does not declare it. `parsed`: the number that a band was read from, by
 * which its row is the same row under other bands.
 */
export type Meaning = { number: number } | { code: string; parsed?: number } | { reason: MissingReason };
export type Interpreter = (text: string) => Meaning | null;
type MissingCodes = readonly z.infer<typeof MissingCode>[];

/**
 * How the texts of one column are read, by the codebook alone: missing codes first, then declared values, then what
 * the scale, categories, bands or classification allow. Nothing is guessed: what is not declared is null.
 */
export function interpreterOf(
  column: Column,
  codebook: Codebook,
  classifications: ReadonlyMap<string, Classification>,
): Interpreter {
  const { file } = codebook;
  const scale = "scale" in column && column.scale ? codebook.scales?.[column.scale] : undefined;
  const missing = [...(column.missing ?? []), ...(scale?.missing ?? [])];
  const answer = answerOf(column, scale, file, classifications);
  return (text) => {
    const trimmed = text.trim();
    const reason = missingReason(trimmed, missing, file);
    if (reason) return { reason };
    if (file.empty.includes(trimmed) || file.empty.includes(text)) return { reason: "no_answer" };
    return answer(trimmed);
  };
}

function answerOf(
  column: Column,
  scale: Scale | undefined,
  file: Dialect,
  classifications: ReadonlyMap<string, Classification>,
): Interpreter {
  switch (column.use) {
    case "item":
      return scaled(scale as Scale, { ...scale?.values, ...column.values }, file);
    case "service":
      return scale ? scaled(scale, { ...scale.values, ...column.values }, file) : declared(column.values ?? {});
    case "skill":
      return declared(column.values ?? {});
    case "background":
      if (column.bands) return banded(column.bands, file);
      if (column.categories) return categorised(column.categories);
      return categorised(classifications.get(column.classification ?? "")?.codes ?? []);
    case "wave":
      return column.categories
        ? categorised(column.categories)
        : (text) => (/^(?!all$)[A-Za-z0-9._-]+$/.test(text) ? { code: text } : null);
    case "contributor":
      return (text) => (/^(?!all$)[a-z0-9][a-z0-9-]*$/.test(text) ? { code: text } : null);
    case "weight":
    case "replicate":
      return (text) => numeric(text, file);
    case "count":
      return (text) => {
        const meant = numeric(text, file);
        return meant && Number.isInteger(meant.number) && meant.number >= 0 ? meant : null;
      };
    case "month":
      return (text) => (/^\d{4}-(0[1-9]|1[0-2])(-01)?$/.test(text) ? { code: text.slice(0, 7) } : null);
    case "stratum":
    case "psu":
    case "person":
    case "ignore":
      return (text) => ({ code: text });
  }
}

function missingReason(text: string, missing: MissingCodes, file: Dialect): MissingReason | null {
  for (const { code, reason } of missing) if (code === text) return reason;
  const number = numeric(text, file)?.number;
  if (number === undefined) return null;
  for (const { code, reason } of missing) if (numeric(code, file)?.number === number) return reason;
  return null;
}

/**
 * A number as the dialect writes it: digits, its own decimal mark, an exponent if any. The other mark is no number: a
 * file with decimal points read as one with decimal commas is refused, not read a thousandfold.
 */
export function numeric(text: string, file: Pick<Dialect, "decimal">): { number: number } | null {
  const pattern =
    file.decimal === "," ? /^[+-]?(\d+(,\d*)?|,\d+)([eE][+-]?\d+)?$/ : /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
  const plain = text.replace("\u2212", "-");
  if (!pattern.test(plain)) return null;
  const number = Number(plain.replace(",", "."));
  return Number.isFinite(number) ? { number: number === 0 ? 0 : number } : null;
}

function scaled(scale: Scale, values: Record<string, number>, file: Dialect): Interpreter {
  const words = new Map(Object.entries(values));
  const min = scale.min ?? (scale.type === "binary" || scale.type === "count" ? 0 : Number.NEGATIVE_INFINITY);
  const max = scale.max ?? (scale.type === "binary" ? 1 : Number.POSITIVE_INFINITY);
  const whole = scale.type === "likert" || scale.type === "binary";
  return (text) => {
    const word = words.get(text);
    if (word !== undefined) return { number: word };
    if (words.size > 0) return null;
    const meant = numeric(text, file);
    if (!meant || meant.number < min || meant.number > max) return null;
    return whole && !Number.isInteger(meant.number) ? null : meant;
  };
}

function declared(values: Record<string, number>): Interpreter {
  const words = new Map(Object.entries(values));
  return (text) => {
    const number = words.get(text);
    return number === undefined ? null : { number };
  };
}

function categorised(categories: readonly { code: string; from?: string[] | undefined }[]): Interpreter {
  const codes = new Map(categories.flatMap(({ code, from }) => (from ?? [code]).map((text) => [text, code] as const)));
  return (text) => {
    const code = codes.get(text);
    return code === undefined ? null : { code };
  };
}

function banded(bands: readonly { code: string; from: number; to: number }[], file: Dialect): Interpreter {
  return (text) => {
    const number = numeric(text, file)?.number;
    const band = number === undefined ? undefined : bands.find(({ from, to }) => number >= from && number <= to);
    return band ? { code: band.code, parsed: number as number } : null;
  };
}
