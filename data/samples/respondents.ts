import type { Random } from "./random.ts";

/** A cell of a register: how many people are alike in everything that it knows. */
type PeopleCell = { people: number };

/** A count that stands in a register where `expected` would be expected: ± 6 %, rounded up or down by chance. */
export function countPeople(expected: number, random: Random): number {
  return Math.floor(expected * (1 + 0.06 * (2 * random.uniform() - 1)) + random.uniform());
}

/**
 * Who answers: each person of the register with a probability of their own (Poisson sampling), `sampled` of them expected.
 *
 *   P(person of cell c answers) = sampled·e_c / Σ_c people_c·e_c          e_c: eagerness of the cell
 *
 * In random order, so that a row's place says nothing.
 */
export function drawRespondents<Cell extends PeopleCell>(
  cells: readonly Cell[],
  eagerness: readonly number[],
  sampled: number,
  random: Random,
): Cell[] {
  const expected = cells.reduce((sum, cell, index) => sum + cell.people * eagerness[index]!, 0);
  const drawn: Cell[] = [];
  cells.forEach((cell, index) => {
    const probability = (eagerness[index]! * sampled) / expected;
    for (let person = 0; person < cell.people; person++) if (random.chance(probability)) drawn.push(cell);
  });
  shuffle(drawn, random);
  return drawn;
}

/** The weight that puts every stratum right: N_h / n_h, for each of the drawn. */
export function stratumWeights<Cell extends PeopleCell>(
  cells: readonly Cell[],
  drawn: readonly Cell[],
  stratumOf: (cell: Cell) => string,
): number[] {
  const people = new Map<string, number>();
  const answered = new Map<string, number>();
  for (const cell of cells) people.set(stratumOf(cell), (people.get(stratumOf(cell)) ?? 0) + cell.people);
  for (const cell of drawn) answered.set(stratumOf(cell), (answered.get(stratumOf(cell)) ?? 0) + 1);
  return drawn.map((cell) => people.get(stratumOf(cell))! / answered.get(stratumOf(cell))!);
}

export const peopleOf = (cells: readonly PeopleCell[]) => cells.reduce((sum, { people }) => sum + people, 0);

function shuffle<T>(list: T[], random: Random): void {
  for (let last = list.length - 1; last > 0; last--) {
    const other = Math.floor(random.uniform() * (last + 1));
    [list[last], list[other]] = [list[other]!, list[last]!];
  }
}
