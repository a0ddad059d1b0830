import { resolve } from "node:path";
import { ingest } from "../pipeline/ingest.ts";
import { readClassifications, sqlFolder } from "../store/catalogue.ts";
import { readCodebook } from "./check-codebook.ts";
import { type Answer, type Call, writing } from "./verb.ts";

/** `ingest --codebook C.json FILE`: reads a steward's file in, whole or not at all. */
export async function ingestFile(call: Call): Promise<Answer> {
  const codebook = readCodebook(call, call.values.codebook as string);
  if (Array.isArray(codebook)) return codebook;
  return writing(call, async () => {
    const ingested = await ingest({
      home: call.home,
      codebook,
      classifications: readClassifications(call.root),
      file: resolve(call.files[0] as string),
      sqlFolder: sqlFolder(call.root),
      threads: call.threads,
      progress: call.progress,
    });
    if (Array.isArray(ingested)) return ingested;
    const findings = ingested.findings.map(({ fields, ...finding }) => ({
      ...finding,
      message: call.speaker.text(`findings.${finding.code}`, { count: finding.count ?? 0, ...fields }),
    }));
    const { extract, repeated, rows } = ingested;
    const sentence = call.speaker.text(repeated ? "done.ingest-repeated" : "done.ingest", { extract, ...rows });
    return {
      document: { ...ingested, findings },
      sentence: [sentence, ...findings.map(({ message }) => `- ${message}`)].join("\n"),
    };
  });
}
