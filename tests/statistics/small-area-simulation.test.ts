import { expect, test } from "vitest";
import { betweenAreaVariance } from "../../server/statistics/between-area-variance.ts";
import { type Design, simpleDesign } from "../../server/statistics/design.ts";
import { designVarianceRatio } from "../../server/statistics/design-variance-ratio.ts";
import { type Grouping, groupShares } from "../../server/statistics/group-shares.ts";
import { postStratify } from "../../server/statistics/post-stratify.ts";
import { type SmallAreaSurvey, smallAreaShares } from "../../server/statistics/small-area-shares.ts";
import { drawing } from "./reference.ts";

const [AREAS, CELLS, REGIONS, UNITS] = [22, 10, 5, 8];
const TILTS = [0.5, 0, -0.4, -0.9];
const RUNS = 150;

type Draws = ReturnType<typeof drawing>;
/** People by area and cell, and how each cell leans to each group. */
type Country = { people: number[][]; leanings: number[][] };

function makeCountry(seed: number, tilts: readonly number[], size: number): Country {
  const { normal } = drawing(seed);
  const people = Array.from({ length: AREAS }, () => {
    const here = size * Math.exp(0.6 * normal());
    const parts = Array.from({ length: CELLS }, () => Math.exp(0.2 * normal()));
    return parts.map((part) => Math.round((here * part) / total(parts)));
  });
  const leanings = Array.from({ length: CELLS }, () => tilts.map((tilt) => tilt + 0.5 * normal()));
  return { people, leanings };
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const chances = (logits: readonly number[]) => {
  const odds = logits.map(Math.exp);
  return odds.map((own) => own / total(odds));
};

type Sample = { area: Int32Array; cell: Int32Array; unit: Int32Array; group: Int32Array };
type Setting = { persons: number; between: number; among?: number; least?: number };

/**
 * One survey of a country whose areas differ by `between` on the logit, and whose 8 units an area by `among`: persons
 * drawn at random, with weights of their own. Truth: the share of each group in each area.
 */
function drawSurvey({ people, leanings }: Country, draws: Draws, { persons, between, among = 0 }: Setting) {
  const groups = leanings[0]!.length;
  const moods = (sd: number) => Array.from({ length: groups }, () => (sd === 0 ? 0 : sd * draws.normal()));
  const shares = people.map(() => {
    const own = moods(between);
    const units = Array.from({ length: among > 0 ? UNITS : 1 }, () => moods(among));
    return leanings.map((cell) =>
      units.map((mood) => chances(cell.map((lean, group) => lean + own[group]! + mood[group]!))),
    );
  });
  const truth = people.map((row, area) =>
    Array.from({ length: groups }, (_, group) => {
      const ofCell = shares[area]!.map((units) => total(units.map((own) => own[group]!)) / units.length);
      return total(row.map((own, cell) => own * ofCell[cell]!)) / total(row);
    }),
  );
  const sample: Sample = {
    area: new Int32Array(persons),
    cell: new Int32Array(persons),
    unit: new Int32Array(persons),
    group: new Int32Array(persons),
  };
  const pick = pickerOf(people.flat());
  for (let person = 0; person < persons; person++) {
    const place = pick(draws.uniform());
    const [area, cell] = [Math.floor(place / CELLS), place % CELLS];
    const units = shares[area]![cell]!;
    const unit = draws.below(units.length);
    const group = pickerOf(units[unit]!)(draws.uniform());
    sample.area[person] = area;
    sample.cell[person] = cell;
    sample.unit[person] = area * units.length + unit;
    sample.group[person] = group;
  }
  const start = Float64Array.from(sample.area, () => Math.exp(0.4 * draws.normal()));
  return { truth, sample, start };
}

/** The place of a cumulated share of a total. */
function pickerOf(sizes: readonly number[]): (share: number) => number {
  let upTo = 0;
  const cumulated = sizes.map((size) => {
    upTo += size;
    return upTo;
  });
  return (share) => {
    let [low, high] = [0, cumulated.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulated[middle]! > share * upTo) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** What a release would make of the sample; areas with an occupied group of fewer than `least` lean on their region. */
function surveyOf(country: Country, { sample, start }: { sample: Sample; start: Float64Array }, setting: Setting) {
  const totals = Float64Array.from({ length: CELLS }, (_, cell) => total(country.people.map((row) => row[cell]!)));
  const stratified = postStratify(start, { classes: sample.cell, totals });
  if (stratified.kind !== "weights") throw new Error(stratified.reason);
  const weights = stratified.weights;
  const design: Design =
    (setting.among ?? 0) > 0 ? { weights, strata: sample.area, units: sample.unit } : simpleDesign(weights);
  const grouping: Grouping = { groups: sample.group, count: country.leanings[0]!.length };
  const rowsOf = (of: (row: number) => boolean) => {
    const rows: number[] = [];
    for (let row = 0; row < weights.length; row++) if (of(row)) rows.push(row);
    return Int32Array.from(rows);
  };
  const sharesOf = (of: (row: number) => boolean) => groupShares(design, grouping, rowsOf(of));
  const directs = country.people.map((_, area) => sharesOf((row) => sample.area[row] === area));
  const counts = country.people.map(() => new Array<number>(grouping.count).fill(0));
  sample.group.forEach((group, row) => {
    counts[sample.area[row]!]![group]!++;
  });
  const isProtected = (area: number) => counts[area]!.some((count) => count > 0 && count < (setting.least ?? 0));
  const survey: SmallAreaSurvey = {
    cells: [...totals.keys()].map((cell) => sharesOf((row) => sample.cell[row] === cell)),
    areas: country.people.map((people, area) => ({
      people,
      direct: directs[area]!,
      leansOn: isProtected(area) ? { ancestor: area % REGIONS } : "own",
    })),
    ancestors: Array.from({ length: REGIONS }, (_, region) => ({
      people: [...totals.keys()].map((cell) =>
        total(country.people.filter((_, area) => area % REGIONS === region).map((row) => row[cell]!)),
      ),
      direct: sharesOf((row) => sample.area[row]! % REGIONS === region)!,
    })),
    everyone: sharesOf(() => true)!,
    designRatio: designVarianceRatio(design, directs),
  };
  return { survey, directs, sharesOf };
}

type Tally = { inside: number; of: number };
const part = ({ inside, of }: Tally) => inside / of;
const within = ({ low, high }: { low: number | null; high: number | null }, truth: number) =>
  low !== null && high !== null && low <= truth && truth <= high;

/** Over all areas and groups of so many surveys: how many intervals hold the truth, and mean relative errors. */
function simulate(country: Country, setting: Setting) {
  const draws = drawing(99);
  const tallies = { all: { inside: 0, of: 0 }, own: { inside: 0, of: 0 }, others: { inside: 0, of: 0 } };
  const everyone = { inside: 0, of: 0 };
  const errors = { composite: [] as number[], direct: [] as number[] };
  for (let run = 0; run < RUNS; run++) {
    const drawn = drawSurvey(country, draws, setting);
    const { survey, directs } = surveyOf(country, drawn, setting);
    const counts = smallAreaShares(survey);
    if (counts.kind !== "areas") throw new Error(counts.why);
    const sizes = country.people.map(total);
    counts.everyone.forEach((count, group) => {
      everyone.of++;
      if (within(count, total(sizes.map((size, area) => size * drawn.truth[area]![group]!)))) everyone.inside++;
    });
    counts.areas.forEach((row, area) => {
      row.forEach((count, group) => {
        const truth = sizes[area]! * drawn.truth[area]![group]!;
        for (const tally of [tallies.all, count.leansOn === "own" ? tallies.own : tallies.others]) {
          tally.of++;
          if (within(count, truth)) tally.inside++;
        }
        errors.composite.push(Math.abs(count.people / truth - 1));
        const direct = directs[area];
        if (direct && direct.n >= 20)
          errors.direct.push(Math.abs(direct.shares[group]! / drawn.truth[area]![group]! - 1));
      });
    });
  }
  const mean = (values: number[]) => total(values) / values.length;
  return { tallies, everyone, error: { composite: mean(errors.composite), direct: mean(errors.direct) } };
}

function told(setting: Setting, { tallies, everyone, error }: ReturnType<typeof simulate>): string {
  const share = (tally: Tally) => (tally.of === 0 ? "–" : `${(100 * part(tally)).toFixed(1)} of ${tally.of}`);
  return (
    `${RUNS} surveys, ${JSON.stringify(setting)}: coverage ${share(tallies.all)}; on their own ${share(tallies.own)}, ` +
    `others ${share(tallies.others)}, everyone ${share(everyone)}; ` +
    `error ${(100 * error.composite).toFixed(1)} %, direct ${(100 * error.direct).toFixed(1)} %`
  );
}

const country = makeCountry(3, TILTS, 150_000);

test.each([
  { persons: 1200, between: 0.15 },
  { persons: 1200, between: 0.35 },
  { persons: 3000, between: 0.15 },
  { persons: 3000, between: 0.35 },
  { persons: 3000, between: 0.25, among: 0.5 },
])(
  "22 areas, 4 groups, 10 cells, 150 surveys: 93–99 %% of 95 %% intervals hold the truth (a second): %j",
  (setting) => {
    const found = simulate(country, setting);
    console.info(told(setting, found));
    expect(found.tallies.all.of).toBe(RUNS * AREAS * TILTS.length);
    expect(part(found.tallies.all)).toBeGreaterThanOrEqual(0.93);
    expect(part(found.tallies.all)).toBeLessThanOrEqual(0.99);
    expect(part(found.everyone)).toBeGreaterThanOrEqual(0.93);
    expect(found.error.composite).toBeLessThan(0.95 * found.error.direct);
  },
);

test.each([
  { persons: 1200, between: 0.35, least: 10 },
  { persons: 3000, between: 0.15, least: 10 },
])(
  "areas with a group of fewer than 10 lean on their region, 150 surveys (a second): coverage .93 at least; %j",
  (setting) => {
    const found = simulate(country, setting);
    console.info(told(setting, found));
    expect(found.tallies.others.of).toBeGreaterThan(RUNS);
    expect(part(found.tallies.others)).toBeGreaterThanOrEqual(0.93);
    expect(part(found.tallies.own)).toBeGreaterThanOrEqual(0.93);
  },
);

test("a register attribute taken as the group: in 40 surveys at least 9 of 10 intervals hold the register's own count (a second)", () => {
  const draws = drawing(41);
  const students = makeCountry(17, [-1.4, 0], 40_000);
  const setting = { persons: 2000, between: 0.3 };
  const held: number[] = [];
  for (let run = 0; run < 40; run++) {
    const drawn = drawSurvey(students, draws, setting);
    const counts = smallAreaShares(surveyOf(students, drawn, setting).survey);
    if (counts.kind !== "areas") throw new Error(counts.why);
    const registered = students.people.map((row, area) => Math.round(total(row) * drawn.truth[area]![0]!));
    held.push(counts.areas.filter((row, area) => within(row[0]!, registered[area]!)).length / AREAS);
  }
  const enough = held.filter((share) => share >= 0.9).length;
  console.info(
    `register attribute: ${((100 * total(held)) / 40).toFixed(1)} % inside; 90 % or more in ${enough} of 40 surveys`,
  );
  expect(total(held) / 40).toBeGreaterThanOrEqual(0.9);
});

test("one area left out: (p − q)²/(ψ + σ² + v) is .7–1.4 on average where ESS ≥ 100 (seconds)", () => {
  const draws = drawing(7);
  const setting = { persons: 3000, between: 0.25 };
  const ratios: number[] = [];
  for (let run = 0; run < 12; run++) {
    const drawn = drawSurvey(country, draws, setting);
    const { directs, sharesOf } = surveyOf(country, drawn, setting);
    country.people.forEach((people, left) => {
      const direct = directs[left]!;
      if (direct.effectiveSampleSize < 100) return;
      const cells = people.map(
        (_, cell) => sharesOf((row) => drawn.sample.cell[row] === cell && drawn.sample.area[row] !== left)!,
      );
      const expected = (row: readonly number[], of: (cell: number) => number, power: number) =>
        total(row.map((own, cell) => (own / total(row)) ** power * of(cell)));
      TILTS.forEach((_, group) => {
        const q = (row: readonly number[]) => expected(row, (cell) => cells[cell]!.shares[group]!, 1);
        const psi = (area: number) => {
          const own = q(country.people[area]!);
          return (own * (1 - own)) / directs[area]!.effectiveSampleSize;
        };
        const others = [...directs.keys()].filter((area) => area !== left && directs[area]!.n >= 20);
        const { variance } = betweenAreaVariance(
          Float64Array.from(others, (area) => directs[area]!.shares[group]! - q(country.people[area]!)),
          Float64Array.from(others, psi),
        );
        const v = expected(people, (cell) => cells[cell]!.variances[group]!, 2);
        ratios.push((direct.shares[group]! - q(people)) ** 2 / (psi(left) + variance + v));
      });
    });
  }
  const mean = total(ratios) / ratios.length;
  console.info(`left out: mean ${mean.toFixed(2)} of ${ratios.length}`);
  expect(mean).toBeGreaterThan(0.7);
  expect(mean).toBeLessThan(1.4);
});
