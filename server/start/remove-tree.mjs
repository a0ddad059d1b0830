import { chmodSync, existsSync, lstatSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Removes a tree. Published folders are read-only: they are made writable first. */
export function removeTree(path) {
  if (!existsSync(path)) return;
  const visit = (folder) => {
    if (!lstatSync(folder).isDirectory()) return;
    chmodSync(folder, 0o700);
    for (const name of readdirSync(folder)) visit(join(folder, name));
  };
  visit(path);
  rmSync(path, { recursive: true, force: true });
}
