import type { Release } from "../../data/contracts/release.ts";

/**
 * A number of the release document by its path, `segmentation.certificate.tried.0.k`: names and places joined by
 * points. Null where there is no number; such a path says nothing, and never a zero.
 */
export function numberAt(release: Release, path: string): number | null {
  let found: unknown = release;
  for (const step of path.split(".")) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return null;
    if (Array.isArray(found) && !/^\d+$/.test(step)) return null;
    found = (found as Record<string, unknown>)[step];
  }
  return typeof found === "number" ? found : null;
}
