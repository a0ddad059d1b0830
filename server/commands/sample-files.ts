import { resolve } from "node:path";
import { writeSamples } from "./samples.ts";
import type { Answer, Call } from "./verb.ts";

/** `samples --out DIR`: the synthetic extracts, as stewards would send them. */
export async function writeSampleFiles(call: Call): Promise<Answer> {
  const out = resolve(call.values.out as string);
  const files = writeSamples(out);
  return { document: { files }, sentence: call.speaker.text("done.samples", { files: files.length, folder: out }) };
}
