import { copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { outPath } from "./out-path.ts";
import { type Answer, type Call, reading } from "./verb.ts";

const FILES = ["labels.csv", "scores.csv", "model.json", "analysts.json", "cells.csv"];

/** `inspect --release ID --out DIR`: the steward's own look at the rows behind a release. Never for readers. */
export async function inspectRelease(call: Call): Promise<Answer> {
  const { release: id = "" } = call.values;
  const out = outPath(call);
  if (Array.isArray(out)) return out;
  return reading(call, async () => {
    const folder = join(call.home.releases, id);
    if (!/^[a-z0-9][a-z0-9-]*\.[0-9a-f]{12}$/.test(id) || !existsSync(join(folder, "labels.csv")))
      return [{ code: "release-not-found", where: {}, fields: { release: id } }];
    const target = out.path;
    if (existsSync(target) && readdirSync(target).some((name) => FILES.includes(name)))
      return [{ code: "folder-not-empty", where: { path: target }, fields: {} }];
    mkdirSync(target, { recursive: true, mode: 0o700 });
    // A release made before there were alternatives for analysts has no analysts.json.
    const files = FILES.filter((name) => existsSync(join(folder, name)));
    for (const name of files) copyFileSync(join(folder, name), join(target, name));
    return {
      document: { release: id, folder: target, files },
      sentence: call.speaker.text("done.inspect", { folder: target }),
    };
  });
}
