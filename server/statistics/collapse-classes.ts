/** A margin of the population: the class of each row, −1 where it is not known, and the people of each class. */
export type Margin = {
  classes: Int32Array;
  totals: Float64Array;
  /** Classes follow each other, as ages do: a small class then joins a neighbour. */
  ordered?: boolean;
};

/** A margin of fewer classes, and which of them each class went into. */
export type CollapsedMargin = { margin: Margin; into: Int32Array };

/**
 * Joins classes until each has enough respondents to carry its people's weight.
 *
 *   class c stands alone where n_c ≥ `fewest` and N_c > 0; n_c = rows, N_c = people        METHOD §2.6: fewest = 20
 *
 * METHOD does not say whom a small class joins. Here the smallest goes first; where classes are ordered it joins the
 * neighbour with fewer respondents, else the class with fewest respondents of all; of equals the first. One class may
 * be left, and is then all there is. RangeError: a class that `totals` lacks, a total that is not 0 or more.
 */
export function collapseClasses({ classes, totals, ordered = false }: Margin, fewest = 20): CollapsedMargin {
  let groups = countClasses(classes, totals);
  while (groups.length > 1) {
    const place = smallest(groups, ({ respondents, people }) => respondents < fewest || !(people > 0));
    if (place < 0) break;
    const partner = smallest(groups, (_, other) => other !== place && (!ordered || Math.abs(other - place) === 1));
    const [first, second] = [Math.min(place, partner), Math.max(place, partner)];
    const joined = join(groups[first]!, groups[second]!);
    groups = groups.flatMap((group, at) => (at === first ? [joined] : at === second ? [] : [group]));
  }
  const into = new Int32Array(totals.length);
  groups.forEach(({ members }, group) => {
    for (const member of members) into[member] = group;
  });
  return {
    margin: {
      classes: classes.map((own) => (own < 0 ? -1 : into[own]!)),
      totals: Float64Array.from(groups, ({ people }) => people),
      ordered,
    },
    into,
  };
}

type Group = { members: number[]; respondents: number; people: number };

function countClasses(classes: Int32Array, totals: Float64Array): Group[] {
  const groups: Group[] = Array.from(totals, (people, own) => ({ members: [own], respondents: 0, people }));
  for (const { people } of groups)
    if (!(people >= 0 && Number.isFinite(people))) throw new RangeError(`a class has 0 people or more, not ${people}`);
  for (const own of classes) {
    if (own < 0) continue;
    const group = groups[own];
    if (!group) throw new RangeError(`class ${own} of ${totals.length}`);
    group.respondents++;
  }
  return groups;
}

function smallest(groups: readonly Group[], counts: (group: Group, place: number) => boolean): number {
  let found = -1;
  groups.forEach((group, place) => {
    if (counts(group, place) && (found < 0 || group.respondents < groups[found]!.respondents)) found = place;
  });
  return found;
}

function join(one: Group, other: Group): Group {
  return {
    members: [...one.members, ...other.members],
    respondents: one.respondents + other.respondents,
    people: one.people + other.people,
  };
}
