import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { generateChangingFamily } from "../../data/samples/changing-family.ts";
import { generateMovingToStudy } from "../../data/samples/moving-to-study.ts";
import { generateSamples, sampleTruths } from "../../data/samples/samples.ts";
import { generateWorkingLife } from "../../data/samples/working-life.ts";
import { CODEBOOKS, columnOf, declaredTexts, readExtract } from "./read-extract.ts";

const samples = generateSamples();
const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("the generators give the pinned bytes", () => {
  it.each([
    ["samples.sha256", samples],
    ["truth.sha256", sampleTruths()],
  ])("%s", (pins, files) => {
    const lines = files.map(({ name, bytes }) => `${hash(bytes)}  ${name}\n`);
    expect(lines.join("")).toBe(readFileSync(new URL(`../../data/samples/${pins}`, import.meta.url), "utf8"));
  });
  it.each([
    ["moving-to-study", generateMovingToStudy],
    ["changing-family", generateChangingFamily],
    ["working-life", generateWorkingLife],
  ])("%s: a seed gives the same bytes again, and another seed other people", (_, generate) => {
    const files = (seed?: string) => {
      const { extracts, truth } = generate(seed === undefined ? {} : { seed });
      // What a sample is meant to show is the same whoever is drawn; rows are not.
      const drawn = [...extracts, ...truth].filter(({ name }) => name.endsWith(".csv"));
      return drawn.map(({ bytes }) => hash(bytes));
    };
    const another = files("another");
    expect(files("another")).toEqual(another);
    for (const [index, pinned] of files().entries()) expect(another[index]).not.toBe(pinned);
  });
});

describe.each(samples)("$name is read with $codebook", ({ bytes, codebook }) => {
  const book = CODEBOOKS[codebook]!;
  const extract = readExtract(bytes, book);
  it("without an error, each listed column once and no other", () => {
    expect(extract.errors).toEqual([]);
    expect(extract.header).toEqual(book.columns.map(({ column }) => column));
    expect(extract.rows.every((row) => row.length === extract.header.length)).toBe(true);
  });
  it("and holds declared codes only", () => {
    for (const column of book.columns) {
      const declared = declaredTexts(column, book);
      const texts = new Set(columnOf(extract, column.column));
      if (declared)
        expect([column.column, [...texts].filter((text) => !declared.has(text))]).toEqual([column.column, []]);
    }
  });
});
