import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { hashOfHashes } from "./hash.mjs";

/**
 * A stamp says that a step was done: the hash of what it read (`read`, and one by one in `files`) and what it made.
 * A step whose stamp still holds is not done again.
 */
export function readStamp(file) {
  if (!existsSync(file)) return null;
  try {
    const stamp = JSON.parse(readFileSync(file, "utf8"));
    return stamp.read === hashOfHashes(stamp.files) ? stamp : null;
  } catch {
    return null; // a torn or foreign file is no stamp: the step is done again
  }
}

/** Written beside itself and renamed, so that a killed start leaves the earlier stamp or the new one. */
export function writeStamp(file, step, files, made) {
  writeJson(file, { step, read: hashOfHashes(files), files, made });
}

export function removeStamp(file) {
  rmSync(file, { force: true });
}

export function writeJson(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, `${JSON.stringify(content, null, 2)}\n`);
  renameSync(partial, file);
}

/** Why a step must be done (again), in a few words; null when its stamp holds. */
export function whyStale(stamp, files) {
  if (!stamp) return "not done yet";
  const changes = [];
  for (const name of Object.keys(files).sort()) {
    if (!(name in stamp.files)) changes.push(`${name} is new`);
    else if (stamp.files[name] !== files[name]) changes.push(`${name} changed`);
  }
  for (const name of Object.keys(stamp.files).sort()) if (!(name in files)) changes.push(`${name} is gone`);
  if (changes.length === 0) return null;
  const more = changes.length > 3 ? ` and ${changes.length - 3} more` : "";
  return changes.slice(0, 3).join(", ") + more;
}

/**
 * Does a step unless its stamp holds and what it made is still there; returns what the step made.
 * `work` gets a function that says how far it is, and gives back `{made, what}`.
 */
export async function doIfStale({ name, stampFile, files, stillThere = () => true, work }, say) {
  const stamp = readStamp(stampFile);
  const why = whyStale(stamp, files) ?? (stillThere(stamp.made) ? null : "what it made is gone or changed");
  if (why === null) {
    say.fresh(name);
    return stamp.made;
  }
  const { made } = await say.step(name, why, work);
  writeStamp(stampFile, name, files, made);
  return made;
}
