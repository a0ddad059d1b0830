import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { LANGUAGES, type Language } from "../../data/contracts/names.ts";
import { isReleasable } from "../pipeline/audit-cells.ts";
import { auditRelease, type ReleaseAudit } from "../pipeline/audit-release.ts";
import { describeProtection } from "../pipeline/describe-protection.ts";
import { forOutsideAuditors } from "../pipeline/for-outside-auditors.ts";
import type { WordsOfLanguage } from "../pipeline/release-words.ts";
import { sqlFolder } from "../store/catalogue.ts";
import { writeThrough } from "../store/durable-file.ts";
import { endingOnSignal, wordsOf } from "./make-release.ts";
import { type Answer, type Call, reading } from "./verb.ts";

/**
 * `audit --release ID [--out DIR]`: the steward's and the release manager's check of a release against the raw rows. Says what
 * of the protected groups could be computed from a release by the threshold alone, what from this one, and what protection
 * cost. `--out` writes each wave's records and published cells for auditors' own programs; it never leaves the steward's machine.
 */
export async function auditReleaseOf(call: Call): Promise<Answer> {
  return reading(call, () =>
    endingOnSignal(async (signal) => {
      const audit = await auditRelease({
        home: call.home,
        release: call.values.release ?? "",
        words: Object.fromEntries(LANGUAGES.map((language) => [language, wordsOf(call.root, language)])) as Record<
          Language,
          WordsOfLanguage
        >,
        sqlFolder: sqlFolder(call.root),
        workerFile: join(call.root, "build", "release.worker.mjs"),
        threads: call.threads,
        progress: call.progress,
        signal,
      });
      if (Array.isArray(audit)) return audit;
      if (call.values.out) writeForOutside(call.values.out, audit);
      const isClean = isReleasable(audit.audited);
      const protection = describeProtection(audit);
      const document = { release: audit.document.id, clean: isClean, ...protection };
      const { attacks, cost, coarser } = protection;
      const headings = (table: string) => call.speaker.text(`audit-headings.${table}`, {}).split("|");
      const kindOf = (kind: string) => call.speaker.text("audit-kind", { kind });
      const table = [
        ...tableOf([
          headings("attacks"),
          ...attacks.map((row) => [row.wave, row.view, kindOf(row.kind), row.looked, row.thresholdOnly, row.released]),
        ]),
        "",
        ...tableOf([
          headings("cost"),
          ...cost.map((row) => [row.wave, row.variables, row.cells, row.published, row.personsPercent]),
        ]),
        "",
        ...tableOf([
          headings("coarser"),
          ...coarser.map((row) => [row.wave, row.variable, row.codes.join(" + "), row.instead, row.published]),
        ]),
      ].join("\n");
      const done = call.speaker.text(isClean ? "done.audit" : "done.audit-failed", { release: audit.document.id });
      return { document, sentence: `${table}\n${done}` };
    }),
  );
}

function writeForOutside(folder: string, audit: ReleaseAudit): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const { name, document } of forOutsideAuditors(audit))
    writeThrough(join(folder, `${name}.json`), `${JSON.stringify(document)}\n`, 0o600);
}

/** A plain table, its columns as wide as they need to be. */
function tableOf(rows: readonly (readonly (string | number)[])[]): string[] {
  const texts = rows.map((row) => row.map(String));
  const widths = (texts[0] ?? []).map((_, column) => Math.max(...texts.map((row) => (row[column] ?? "").length)));
  return texts.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
