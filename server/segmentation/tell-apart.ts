import type { DimensionId } from "../../data/contracts/names.ts";
import { CLEAR, type ProposedName, proposedName, type ZOfDimension } from "./profile.ts";

/**
 * One step that tells segments of the same name apart. `degree`: it is further from everyone in every dimension than the
 * others of its name (`clearly`), or less far (`somewhat`). `dimension`: it stands higher or lower than they do in it.
 */
export type Apart =
  | { by: "degree"; degree: "clearly" | "somewhat" }
  | { by: "dimension"; dimension: DimensionId; side: "higher" | "lower" };

/** A proposed name with what tells it from others of the same name; usually nothing is needed. */
export type NameApart = ProposedName & { apart: Apart[] };

type Named = { profile: readonly ZOfDimension[]; name: NameApart };

/**
 * The proposed names of a model's segments, no two alike where the profiles differ.
 *
 * Segments of one name are divided in two, again and again, until each stands alone; each half is given the step that
 * divided it, in that order:
 *   1. all-high, all-low: by level, at the widest gap of the mean z, if one half is further from everyone in every dimension
 *   2. else by the dimension in which they differ most, at the widest gap of z there: one that the name does not hold yet,
 *      if they differ by 0.25 in it, else any
 * Paths of a binary tree are unique, so are the names. Equal profiles keep one name. Ids only; the words say higher before
 * lower and never that a group is worse. All profiles hold the same dimensions in one order (RangeError).
 */
export function proposedNames(profiles: readonly (readonly ZOfDimension[])[]): NameApart[] {
  const dimensions = (profile: readonly ZOfDimension[]) => profile.map(({ dimension }) => dimension).join(" ");
  if (profiles.some((profile) => dimensions(profile) !== dimensions(profiles[0]!)))
    throw new RangeError("profiles hold the same dimensions in one order");
  const all = profiles.map((profile): Named => ({ profile, name: { ...proposedName(profile), apart: [] } }));
  const alike = new Map<string, Named[]>();
  for (const named of all) {
    const { kind, high, low } = named.name;
    // What the words say: of groups above or below everyone throughout no dimension is named.
    const said = kind === "mixed" ? JSON.stringify([high, low]) : kind;
    alike.set(said, [...(alike.get(said) ?? []), named]);
  }
  for (const group of alike.values()) divide(group);
  return all.map(({ name }) => name);
}

function divide(group: readonly Named[]): void {
  if (group.length < 2) return;
  const division = byDegree(group) ?? byDimension(group);
  if (division === null) return;
  for (const [half, step] of division) {
    for (const { name } of half) name.apart.push(step);
    divide(half);
  }
}

type Division = [[Named[], Apart], [Named[], Apart]];

function byDegree(group: readonly Named[]): Division | null {
  const { kind, apart } = group[0]!.name;
  if ((kind !== "all-high" && kind !== "all-low") || apart.length > 0) return null;
  const far = (z: number) => (kind === "all-high" ? z : -z);
  const meanOf = ({ profile }: Named) => profile.reduce((sum, { z }) => sum + far(z), 0) / profile.length;
  const halves = atWidestGap(group, meanOf);
  if (halves === null) return null;
  const [farther, nearer] = halves;
  const apartEverywhere = group[0]!.profile.every((_, d) => {
    const least = Math.min(...farther.map(({ profile }) => far(profile[d]!.z)));
    return least > Math.max(...nearer.map(({ profile }) => far(profile[d]!.z)));
  });
  if (!apartEverywhere) return null;
  return [
    [farther, { by: "degree", degree: "clearly" }],
    [nearer, { by: "degree", degree: "somewhat" }],
  ];
}

function byDimension(group: readonly Named[]): Division | null {
  const { high, low, kind, apart } = group[0]!.name;
  const used = apart.flatMap((step) => (step.by === "dimension" ? [step.dimension] : []));
  const held = new Set<DimensionId>(kind === "mixed" ? [...high, ...low, ...used] : used);
  const spreads = group[0]!.profile.map(({ dimension }, d) => {
    const zs = group.map(({ profile }) => profile[d]!.z);
    return { dimension, d, spread: Math.max(...zs) - Math.min(...zs) };
  });
  spreads.sort((left, right) => right.spread - left.spread || left.d - right.d);
  const chosen = spreads.find(({ dimension, spread }) => spread >= CLEAR && !held.has(dimension)) ?? spreads[0]!;
  const halves = atWidestGap(group, ({ profile }) => profile[chosen.d]!.z);
  if (halves === null) return null;
  return [
    [halves[0], { by: "dimension", dimension: chosen.dimension, side: "higher" }],
    [halves[1], { by: "dimension", dimension: chosen.dimension, side: "lower" }],
  ];
}

/** The group in two, the higher first; null where all have one value. Of equal gaps the highest. */
function atWidestGap(group: readonly Named[], of: (named: Named) => number): [Named[], Named[]] | null {
  const sorted = [...group].sort((left, right) => of(right) - of(left));
  let widest = 0;
  let cut = 0;
  for (let index = 1; index < sorted.length; index++) {
    const gap = of(sorted[index - 1]!) - of(sorted[index]!);
    if (gap > widest) {
      widest = gap;
      cut = index;
    }
  }
  return cut === 0 ? null : [sorted.slice(0, cut), sorted.slice(cut)];
}
