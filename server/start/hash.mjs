import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** SHA-256 of text or bytes, in hex. */
export const hashOf = (content) => createHash("sha256").update(content).digest("hex");

/** SHA-256 of a file's bytes. */
export const hashFile = (file) => hashOf(readFileSync(file));

/**
 * Every file under the given paths of a tree → its SHA-256, by its path with `/`. Paths that do not exist are left
 * out, so that a file that comes or goes is a change. Dot files and what `except` matches are not sources.
 */
export function hashTree(root, paths, except = () => false) {
  const found = {};
  for (const path of listFiles(root, paths, except)) found[path] = hashFile(join(root, path));
  return found;
}

/** Every file under the given paths, sorted. */
export function listFiles(root, paths, except = () => false) {
  const found = [];
  const visit = (path) => {
    const absolute = join(root, path);
    if (except(path) || !existsSync(absolute)) return;
    if (!statSync(absolute).isDirectory()) {
      found.push(path);
      return;
    }
    for (const name of readdirSync(absolute)) if (!name.startsWith(".")) visit(`${path}/${name}`);
  };
  for (const path of paths) visit(path);
  return found.sort();
}

/** One hash of a map of hashes, whatever the order they were put in. */
export function hashOfHashes(hashes) {
  const names = Object.keys(hashes).sort();
  return hashOf(names.map((name) => `${hashes[name]}  ${name}\n`).join(""));
}
