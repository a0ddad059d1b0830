import { auditReleaseOf } from "./audit-release.ts";
import { checkCodebookFile } from "./check-codebook.ts";
import { exportRelease } from "./export-release.ts";
import { ingestFile } from "./ingest-file.ts";
import { inspectRelease } from "./inspect-release.ts";
import { makeReleaseOf } from "./make-release.ts";
import { publishRelease } from "./publish-release.ts";
import { writeSampleFiles } from "./sample-files.ts";
import { serve } from "./serve.ts";
import { showStatus } from "./show-status.ts";
import type { Verb } from "./verb.ts";

/** The verbs of the command (INTERFACES §7); `samples` is what `npm start` begins with. */
export const VERBS: Record<string, Verb> = {
  "codebook check": { files: 1, options: [], run: checkCodebookFile },
  ingest: { files: 1, options: [{ name: "codebook", needed: true }], run: ingestFile },
  release: {
    files: 0,
    options: [{ name: "life-event", needed: true }, { name: "k" }, { name: "new-model" }, { name: "reason" }],
    run: makeReleaseOf,
  },
  publish: { files: 0, options: [{ name: "release", needed: true }], run: publishRelease },
  export: {
    files: 0,
    options: [{ name: "release", needed: true }, { name: "format", needed: true }, { name: "out" }],
    run: exportRelease,
  },
  status: { files: 0, options: [], run: showStatus },
  inspect: {
    files: 0,
    options: [
      { name: "release", needed: true },
      { name: "out", needed: true },
    ],
    run: inspectRelease,
  },
  audit: { files: 0, options: [{ name: "release", needed: true }, { name: "out" }], run: auditReleaseOf },
  serve: { files: 0, options: [{ name: "port" }], run: serve },
  samples: { files: 0, options: [{ name: "out", needed: true }], run: writeSampleFiles },
};
