import { listExtracts } from "../store/microdata/extracts.ts";
import { listReleases, readPointers } from "../store/published/write-release.ts";
import { type Answer, type Call, reading } from "./verb.ts";

/** `status`: what this home holds. */
export async function showStatus(call: Call): Promise<Answer> {
  return reading(call, async () => {
    const extracts = listExtracts(call.home).map(({ id, codebook, version, contributors, waves, rows }) => ({
      extract: id,
      codebook,
      version,
      contributors,
      waves,
      rows,
    }));
    const releases = listReleases(call.home).sort();
    const published = Object.fromEntries(
      Object.entries(readPointers(call.home)).map(([event, { release }]) => [event, release]),
    );
    const lines = [
      call.speaker.text("done.status", {
        extracts: extracts.length,
        releases: releases.length,
        published: Object.keys(published).length,
      }),
      ...extracts.map(({ extract, rows, waves }) => `  ${extract}  ${waves.join(" ")}  ${rows.loaded}`),
      ...releases.map((release) => `  ${release}${Object.values(published).includes(release) ? " *" : ""}`),
    ];
    return { document: { extracts, releases, published }, sentence: lines.join("\n") };
  });
}
