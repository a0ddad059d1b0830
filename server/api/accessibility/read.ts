import { join } from "node:path";
import type { AccessibilityStatement } from "../../../data/contracts/accessibility.ts";
import { readStatement } from "../../store/published/read-statement.ts";

/** The accessibility statement of the service. */
export function accessibilityStatement(): Promise<AccessibilityStatement> {
  return readStatement(join(/* turbopackIgnore: true */ process.cwd(), "data"));
}
