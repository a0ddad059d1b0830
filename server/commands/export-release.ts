import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../store/canonical.ts";
import { replaceFile } from "../store/durable-file.ts";
import { releaseStands } from "../store/published/write-release.ts";
import { outPath } from "./out-path.ts";
import { type Answer, type Call, reading } from "./verb.ts";

const FILES: Record<string, string> = { csv: "cells.csv", json: "release.json", arrow: "cells.arrow" };

/** `export --release ID --format csv|json|arrow [--out FILE]`: the published bytes themselves. */
export async function exportRelease(call: Call): Promise<Answer> {
  const { release: id = "", format = "" } = call.values;
  const out = call.values.out === undefined ? undefined : outPath(call);
  if (Array.isArray(out)) return out;
  const name = Object.hasOwn(FILES, format) ? FILES[format] : undefined;
  if (!name) return [{ code: "misuse-format", where: {}, fields: { format, known: Object.keys(FILES).join(", ") } }];
  return reading(call, async () => {
    if (!/^[a-z0-9][a-z0-9-]*\.[0-9a-f]{12}$/.test(id) || !releaseStands(call.home, id))
      return [{ code: "release-not-found", where: {}, fields: { release: id } }];
    const path = join(call.home.published, id, name);
    if (!existsSync(path)) return [{ code: "export-not-there", where: {}, fields: { release: id, format } }];
    const bytes = readFileSync(path);
    if (out === undefined) return { bytes };
    replaceFile(out.path, bytes);
    return {
      document: { file: out.path, sha256: sha256(bytes) },
      sentence: call.speaker.text("done.export", { file: out.path }),
    };
  });
}
