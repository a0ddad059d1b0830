import type { Random } from "./random.ts";
import type { WrittenCell } from "./sample.ts";
import { AREA_IDS, AREAS } from "./working-life-areas.ts";
import { ADVERTISED, SEASON, SKILLS } from "./working-life-services.ts";

const FIRST_YEAR = 2024;
const MONTHS = 24;

/** Mentions of skills in advertisements: by month, county and skill, two years. */
export function advertisementCells(random: Random): WrittenCell[] {
  return Array.from({ length: MONTHS }, (_, index) => index).flatMap((index) =>
    AREA_IDS.flatMap((area) =>
      Object.entries(SKILLS).map(([skill, { asked, askedIn, growth = 1 }]) => {
        const years = index / 12;
        const expected =
          (AREAS[area].people / 1000) *
          ADVERTISED[area] *
          asked *
          (askedIn?.[area] ?? 1) *
          (1 + (growth - 1) * years) *
          SEASON[index % 12]!;
        return { people: countArrivals(expected, random), codes: { month: monthOf(index), area, skill } };
      }),
    ),
  );
}

const monthOf = (index: number) =>
  `${FIRST_YEAR + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;

/** A Poisson count: arrivals that fit into `expected`, each an exponential time, −ln u, after the one before. */
function countArrivals(expected: number, random: Random): number {
  let count = -1;
  for (let time = 0; time < expected; count++) time -= Math.log(random.uniform());
  return Math.max(0, count);
}
