import type { Group } from "../../server/findings/view.ts";
import type { Reading } from "../page/reading.ts";
import { groupCalled, groupName } from "./group-name.ts";

/** What a group's badge says to the eye, for the ear, where its proposed name alone would follow. */
export function GroupHeard({ group, reading }: { group: Group; reading: Reading }) {
  const called = groupCalled(group, reading);
  return called === groupName(group, reading) ? null : <span className="sr-only">{called}: </span>;
}
