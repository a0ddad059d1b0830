import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Reference } from "../../../data/contracts/reference.ts";
import { namesOf } from "./read-pointer.ts";

/** The references that may stand beside pictures, in the order of their ids. */
export async function readReferences(folder: string): Promise<Reference[]> {
  const references: Reference[] = [];
  for (const name of await namesOf(folder)) {
    if (name.endsWith(".json"))
      references.push(Reference.parse(JSON.parse(await readFile(join(folder, name), "utf8"))));
  }
  return references;
}
