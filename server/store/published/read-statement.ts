import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AccessibilityStatement } from "../../../data/contracts/accessibility.ts";

/** The accessibility statement of `data/accessibility`. `data` is the folder that holds it. */
export async function readStatement(data: string): Promise<AccessibilityStatement> {
  return AccessibilityStatement.parse(
    JSON.parse(await readFile(join(data, "accessibility", "statement.json"), "utf8")),
  );
}
