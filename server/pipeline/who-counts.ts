import { GROUPINGS } from "./cut-waves.ts";

/**
 * Who counts in a wave's figures. Persons of whom no group was found, or a background is not known, are left out: in the order
 * of how few they are, as long as all together stay within `leftOutAtMost` of the wave. Where more are not known than that,
 * they stay, and are a group of their own that the closed set reckons with. Rows of a contributor of too few are always left out.
 */
export function whoCounts(
  persons: number,
  {
    codes,
    troubles,
    small = null,
  }: {
    codes: ReadonlyMap<string, readonly (string | null)[]>;
    troubles: Int32Array | null;
    /** 1 for rows of a contributor of too few: whoever holds all others could subtract them. They never count. */
    small?: Uint8Array | null;
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
  let leftOut: Uint8Array = small?.slice() ?? new Uint8Array(persons);
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

/** Rows of contributors who handed over fewer than so many of a wave to which others handed over more. */
export function rowsOfSmallContributors(contributors: readonly string[], fewest: number): Uint8Array {
  const rows = new Map<string, number>();
  for (const contributor of contributors) rows.set(contributor, (rows.get(contributor) ?? 0) + 1);
  return Uint8Array.from(contributors, (contributor) =>
    rows.size > 1 && (rows.get(contributor) ?? 0) < fewest ? 1 : 0,
  );
}
