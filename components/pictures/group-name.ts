import type { Group } from "../../server/findings/view.ts";
import type { Reading } from "../page/reading.ts";

/** A group's proposed name, with a capital; levels and pile-ups are named by their place on the scale. */
export function groupName(group: Group, reading: Reading): string {
  const name = group.name?.[reading.language] ?? groupCalled(group, reading);
  return name.charAt(0).toLocaleUpperCase(reading.language) + name.slice(1);
}

/** "Ryhmä A", "Alin taso", "Kolme heikkoa tai useampi": what a group is called in a row of groups. */
export function groupCalled({ variable, code }: Group, { say }: Reading): string {
  return say(`figures.group.${variable}`, { code });
}

/** "A", "Alin", "Kolme tai useampi": where there is little room. */
export function groupInShort({ variable, code }: Group, { say }: Reading): string {
  return say(`figures.groupShort.${variable}`, { code });
}
