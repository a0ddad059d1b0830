import { existsSync, realpathSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import type { Problem } from "../../data/contracts/problem.ts";
import type { Call } from "./verb.ts";

/** What a home has of its own (INTERFACES §8). */
const OF_A_HOME = ["home.json", "lock", "samples", "codebooks", "life-events", "vault", "published", "stamps", "app"];

/**
 * Where a verb may write outside: never over what the home has of its own, nor into what the pages serve. Links are
 * followed before judging.
 */
export function outPath({ home, root, values }: Call): { path: string } | Problem[] {
  const path = resolve(values.out as string);
  const real = realPathOf(path);
  const closed = [
    ...OF_A_HOME.map((name) => resolve(home.root, name)),
    ...["public", ".next", "build"].map((name) => resolve(root, name)),
  ].map(realPathOf);
  const inside =
    real === realPathOf(home.root) || closed.some((folder) => real === folder || real.startsWith(folder + sep));
  return inside ? [{ code: "misuse-out", where: { path }, fields: {} }] : { path };
}

/** The path with the links of what exists of it followed. */
function realPathOf(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const above = dirname(path);
  return above === path ? path : resolve(realPathOf(above), path.slice(above.length).replace(/^[\\/]/, ""));
}
