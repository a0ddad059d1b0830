import { GROUPINGS } from "./cut-waves.ts";

/**
 * Who counts in a wave's figures. Persons of whom no group was found, or a background is not known, are left out: in the order
 * of how few they are, as long as all together stay within `leftOutAtMost` of the wave. Where more are not known than that,
 * they stay, and are a group of their own that the closed set reckons with.
 */
export function whoCounts(
  persons: number,
  {
    codes,
    troubles,
  }: {
    codes: ReadonlyMap<string, readonly (string | null)[]>;
    troubles: Int32Array | null;
  },
  leftOutAtMost: number,
): { present: Uint8Array; placed: Uint8Array | null; unplaced: Uint8Array } {
  const unplaced = troubles ? Uint8Array.from(troubles, (group) => (group < 0 ? 1 : 0)) : new Uint8Array(persons);
  const unknown = [
    unplaced,
    ...[...codes].flatMap(([variable, held]) =>
      (GROUPINGS as readonly string[]).includes(variable)
        ? []
        : [Uint8Array.from(held, (code) => (code === null ? 1 : 0))],
    ),
  ].sort((a, b) => countOf(a) - countOf(b));
  let leftOut: Uint8Array = new Uint8Array(persons);
  for (const mask of unknown) {
    const more = leftOut.map((held, person) => held | (mask[person] as number));
    if (countOf(more) > leftOutAtMost * persons) break;
    leftOut = more;
  }
  const present = leftOut.map((held) => 1 - held);
  const isPlaced = unplaced.map((held) => 1 - held);
  const everyonePlaced = present.every((held, person) => held === 0 || isPlaced[person] === 1);
  return { present, placed: everyonePlaced ? null : isPlaced, unplaced };
}

function countOf(mask: Uint8Array): number {
  return mask.reduce((sum, held) => sum + held, 0);
}
