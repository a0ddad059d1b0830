import { answer, background, codebook, draws, pairs, type Row, SIX, type Survey } from "./made-up.ts";

/** Populations of which it is known whether they hold groups of people, because they were drawn so. */
type Named = { id?: string; contributor?: string; wave?: string };

const surveyOf = (rows: Row[], { id = "kinds", contributor = "town", wave = "2024" }: Named): Survey => ({
  codebook: codebook(id, [background("area", ["n", "s"]), ...pairs(SIX)], { contributor, wave }),
  rows,
});

/** Two answers a dimension near each of six heights. */
function answersNear(heights: readonly number[], noise: number, random: ReturnType<typeof draws>): Row {
  const row: Row = { area: random.below(3) ? "s" : "n" };
  SIX.forEach((dimension, place) => {
    const height = (heights[place] as number) + noise * random.normal();
    for (const half of ["a", "b"]) row[`${dimension}_${half}`] = answer(height + noise * random.normal());
  });
  return row;
}

const PROFILES = [
  [8, 8, 8, 3, 3, 3],
  [3, 3, 8, 8, 8, 3],
  [8, 3, 3, 3, 8, 8],
];

/** Three kinds of people, each high in three dimensions and low in three. `kinds`: which one each person is. */
export function threeKinds(seed: number, persons: number, named: Named = {}): { survey: Survey; kinds: number[] } {
  const random = draws(seed);
  const kinds = Array.from({ length: persons }, () => random.below(PROFILES.length));
  const rows = kinds.map((kind) => answersNear(PROFILES[kind] as number[], 1, random));
  return { survey: surveyOf(rows, named), kinds };
}

/** No kinds: everybody stands somewhere on one line from ill to well, in all dimensions alike. */
export function oneLine(seed: number, persons: number, named: Named = {}): Survey {
  const random = draws(seed);
  const rows = Array.from({ length: persons }, () => {
    const level = 5.5 + 1.9 * random.normal();
    return answersNear(new Array(SIX.length).fill(level), 0.8, random);
  });
  return surveyOf(rows, named);
}

/** No kinds: one dimension alone is low for half of the people and high for the others. */
export function oneQuestion(seed: number, persons: number, named: Named = {}): Survey {
  const random = draws(seed);
  const rows = Array.from({ length: persons }, () => {
    const heights = SIX.map((dimension) =>
      dimension === "activities" ? (random.below(2) ? 8 : 2) : 5.5 + 1.3 * random.normal(),
    );
    return answersNear(heights, 0.7, random);
  });
  return surveyOf(rows, named);
}

/** No kinds and no line: dimensions that have nothing to do with each other. */
export function noLine(seed: number, persons: number, named: Named = {}): Survey {
  const random = draws(seed);
  const rows = Array.from({ length: persons }, () =>
    answersNear(
      SIX.map(() => 5.5 + 1.3 * random.normal()),
      0.7,
      random,
    ),
  );
  return surveyOf(rows, named);
}
