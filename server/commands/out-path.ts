import { existsSync, realpathSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import type { Problem } from "../../data/contracts/problem.ts";
import type { Call } from "./verb.ts";

/**
 * Where a verb may write outside: never into the home, whose files are its own, nor into what the pages serve. Links are
 * followed before judging.
 */
export function outPath({ home, root, values }: Call): { path: string } | Problem[] {
  const path = resolve(values.out as string);
  const real = realPathOf(path);
  const closed = [home.root, resolve(root, "public"), resolve(root, ".next"), resolve(root, "build")].map(realPathOf);
  const inside = closed.some((folder) => real === folder || real.startsWith(folder + sep));
  return inside ? [{ code: "misuse-out", where: { path }, fields: {} }] : { path };
}

/** The path with the links of what exists of it followed. */
function realPathOf(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const above = dirname(path);
  return above === path ? path : resolve(realPathOf(above), path.slice(above.length).replace(/^[\\/]/, ""));
}
