import type { Codebook } from "../../data/contracts/codebook.ts";
import { generateChangingFamily } from "../../data/samples/changing-family.ts";
import { CODEBOOKS, type ReadExtract, readExtract } from "./read-extract.ts";

export type Handed = { book: Codebook; bytes: Uint8Array; extract: ReadExtract; levels: number[] };

/** The surveys of a seed, each with the level of each row, and the register. */
export function handOver(seed?: string) {
  const { extracts, truth } = generateChangingFamily(seed === undefined ? {} : { seed });
  const [finnish, swedish, register] = extracts.map(({ bytes, codebook }, index): Handed => {
    const book = CODEBOOKS[codebook]!;
    const lines = truth[index] ? new TextDecoder().decode(truth[index].bytes).trim().split("\n").slice(1) : [];
    return { book, bytes, extract: readExtract(bytes, book), levels: lines.map((line) => Number(line.split(";")[1])) };
  });
  return { finnish: finnish!, swedish: swedish!, register: register! };
}

export const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
