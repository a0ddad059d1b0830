import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Classification } from "../../data/contracts/classification.ts";
import { DisclosurePolicy } from "../../data/contracts/policy.ts";

/** What the program ships in data/: code lists, life events, policy. `root` is the folder that holds data/. */
export function readClassifications(root: string): Map<string, Classification> {
  const folder = join(root, "data", "classifications");
  return new Map(
    jsonFiles(folder)
      .map((name) => Classification.parse(readJson(join(folder, name))))
      .map((classification) => [classification.id, classification]),
  );
}

export function readPolicy(root: string): DisclosurePolicy {
  return DisclosurePolicy.parse(readJson(join(root, "data", "policy", "disclosure.json")));
}

export function sqlFolder(root: string): string {
  return join(root, "data", "sql");
}

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8").replace(/^\uFEFF/, ""));
}

function jsonFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort();
}
