import type { Group } from "../../server/findings/view.ts";
import { type Address, asking } from "../page/reading.ts";

/** Where the portrait of a group stands: a segment's under `segments`, a level's or a pile-up's under `groups`. */
export function portraitPath({ variable, code }: Pick<Group, "variable" | "code">): string {
  return variable === "segment" ? `/segments/${code}` : `/groups/${variable}-${code}`;
}

/** The address of a group's portrait from a picture's: the release and the wave go along, what else was asked does not. */
export function portraitAddress(
  group: Pick<Group, "variable" | "code">,
  { path, query }: Address,
  { changes = {}, anchor = "" }: { changes?: Record<string, string | null>; anchor?: string } = {},
): string {
  return asking({ path: `${path}${portraitPath(group)}`, query: releaseAndWave(query) }, changes, anchor);
}

/** Of what a picture's address asks, what its portraits keep. */
export function releaseAndWave({ release, wave }: Record<string, string>): Record<string, string> {
  return { ...(release && { release }), ...(wave && { wave }) };
}
