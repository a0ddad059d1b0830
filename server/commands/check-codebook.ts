import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { Codebook } from "../../data/contracts/codebook.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import { checkCodebook } from "../pipeline/check-codebook.ts";
import { readClassifications, readJson } from "../store/catalogue.ts";
import type { Answer, Call } from "./verb.ts";

/** `codebook check C.json`: every mistake at once, each with its path. */
export async function checkCodebookFile(call: Call): Promise<Answer> {
  const codebook = readCodebook(call, call.files[0] as string);
  if (Array.isArray(codebook)) return codebook;
  const items = codebook.columns.flatMap((column) => (column.use === "item" ? [column] : []));
  const dimensions = new Set(items.map(({ dimension }) => dimension)).size;
  return {
    document: { codebook: codebook.id, version: codebook.version, items: items.length, dimensions },
    sentence: call.speaker.text("done.codebook-check", {
      codebook: codebook.id,
      version: codebook.version,
      items: items.length,
      dimensions,
    }),
  };
}

/** A codebook from a file, checked; the problems name the file. */
export function readCodebook(call: Call, path: string): Codebook | Problem[] {
  const document = readDocument(path);
  if (Array.isArray(document)) return document;
  const checked = checkCodebook(document.value, new Set(readClassifications(call.root).keys()));
  return Array.isArray(checked) ? named(checked, path) : checked;
}

const LARGEST_DOCUMENT = 16 << 20;

/** A JSON file, or the problem that there is none to read. What the parser says would quote the file: it is not told. */
export function readDocument(path: string): { value: unknown } | Problem[] {
  const file = basename(path);
  const found = statSync(resolve(path), { throwIfNoEntry: false });
  if (!found?.isFile()) return [{ code: "file-not-found", where: { file }, fields: {} }];
  if (found.size > LARGEST_DOCUMENT) return [{ code: "document-too-large", where: { file }, fields: {} }];
  try {
    return { value: readJson(resolve(path)) };
  } catch (error) {
    const readable = (error as NodeJS.ErrnoException).code === undefined;
    return [{ code: readable ? "not-json" : "file-unreadable", where: { file }, fields: {} }];
  }
}

export function named(problems: Problem[], path: string): Problem[] {
  return problems.map((problem) => ({ ...problem, where: { file: basename(path), ...problem.where } }));
}
