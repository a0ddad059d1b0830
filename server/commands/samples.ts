import { createHash } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateSamples, sampleTruths } from "../../data/samples/samples.ts";

/** A file that was written. What has no codebook is truth to check by, not an extract to read in. */
export type WrittenSample = { name: string; codebook: string | null; bytes: number; sha256: string };

/** Writes the synthetic extracts into a folder; with their latent types beside them when asked. */
export function writeSamples(directory: string, { truth = false } = {}): WrittenSample[] {
  mkdirSync(directory, { recursive: true });
  const extracts = generateSamples().map((sample) => write(directory, sample, sample.codebook));
  return truth ? [...extracts, ...sampleTruths().map((sample) => write(directory, sample, null))] : extracts;
}

function write(
  directory: string,
  { name, bytes }: { name: string; bytes: Uint8Array },
  codebook: string | null,
): WrittenSample {
  const partial = join(directory, `${name}.partial`);
  writeFileSync(partial, bytes);
  renameSync(partial, join(directory, name));
  return { name, codebook, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}
