import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { groupModel } from "../../server/statistics/area-composite.ts";
import { betweenAreaVariance } from "../../server/statistics/between-area-variance.ts";
import { countOfPeople } from "../../server/statistics/count-of-people.ts";
import { simpleDesign } from "../../server/statistics/design.ts";
import { designVarianceRatio } from "../../server/statistics/design-variance-ratio.ts";
import { differenceOfAreas } from "../../server/statistics/difference-of-areas.ts";
import { type GroupShares, groupShares } from "../../server/statistics/group-shares.ts";
import { postStratify } from "../../server/statistics/post-stratify.ts";
import { rakeTable } from "../../server/statistics/rake-table.ts";
import {
  type AreaCount,
  type PeopleByCell,
  type SmallAreaSurvey,
  smallAreaShares,
} from "../../server/statistics/small-area-shares.ts";
import { sum } from "../../server/statistics/sum.ts";
import { designOf, expectClose, reference, rowsWhere } from "./reference.ts";

type Table = (number | null)[][];
type Case = {
  data: Record<"area" | "cell" | "unit" | "w0", number[]> & { group: (number | null)[] };
  people: number[][];
  people_of_cell: number[];
  union: number[];
  regions: number[];
  leans: number[];
  clustered: boolean;
  groups: number;
  ratio: number;
} & Record<"used" | "uncut" | "sigma" | "everyone" | "everyone_low" | "everyone_high", (number | null)[]> &
  Record<"gamma" | "mse" | "synthetic" | "counts" | "cv" | "low" | "high", Table>;
const cases: Record<string, Case> = reference("small_area").cases;

/** The chain from rows to counts, as a release walks it. */
function surveyOf(made: Case): SmallAreaSurvey {
  const { data, people, union } = made;
  const groups = Int32Array.from(data.group, (group) => (group ?? 0) - 1);
  const classes = Int32Array.from(data.cell, (cell, row) => (groups[row]! < 0 ? -1 : cell - 1));
  const known = rowsWhere(groups.length, (row) => groups[row]! >= 0);
  const start = Float64Array.from(data.w0);
  const stratified = postStratify(
    Float64Array.from(known, (row) => start[row]!),
    { classes: Int32Array.from(known, (row) => classes[row]!), totals: Float64Array.from(made.people_of_cell) },
  );
  if (stratified.kind !== "weights") throw new Error(stratified.reason);
  known.forEach((row, place) => {
    start[row] = stratified.weights[place]!;
  });
  const design = made.clustered ? designOf([...start], data.area, data.unit) : simpleDesign(start);
  const of = (holds: (row: number) => boolean) =>
    groupShares(design, { groups, count: made.groups }, rowsWhere(groups.length, holds));
  const cells = people[0]!.map((_, cell) =>
    of((row) => (cell === 10 ? data.cell[row]! >= 9 && data.cell[row]! <= 10 : data.cell[row] === cell + 1)),
  );
  const counted = people.map((row, area) =>
    row.map((own, cell) => (union.includes(area + 1) && (cell === 8 || cell === 9) ? null : own)),
  );
  const directs = people.map((_, area) => of((row) => data.area[row] === area + 1));
  const regions = [...new Set(made.regions)].sort((one, other) => one - other);
  return {
    cells,
    areas: people.map((_, area) => ({
      people: counted[area]!,
      direct: directs[area]!,
      leansOn: made.leans[area] === 0 ? "own" : made.leans[area]! < 0 ? "none" : { ancestor: made.leans[area]! - 1 },
    })),
    ancestors: regions.map((region) => ({
      people: people[0]!.map((_, cell) =>
        people.reduce((total, row, area) => total + (made.regions[area] === region ? row[cell]! : 0), 0),
      ),
      direct: of((row) => made.regions[data.area[row]! - 1] === region)!,
    })),
    everyone: of(() => true)!,
    designRatio: designVarianceRatio(design, directs),
  };
}

/** Largest relative distance between two tables; nulls must meet nulls. */
function apart(actual: Table, expected: Table): number {
  let furthest = 0;
  expected.forEach((row, place) => {
    row.forEach((value, column) => {
      const own = actual[place]![column]!;
      if (value === null || own === null) expect([place, column, own]).toEqual([place, column, value]);
      else furthest = Math.max(furthest, value === own ? 0 : Math.abs(own - value) / Math.abs(value));
    });
  });
  return furthest;
}

describe.each(Object.entries(cases))("R, %s", (_name, made) => {
  const survey = surveyOf(made);
  const found = smallAreaShares(survey);
  if (found.kind !== "areas") throw new Error(found.why);
  const counts = found;
  type Figure = "gamma" | "meanSquaredError" | "people" | "coefficientOfVariation" | "low" | "high";
  const table = (figure: Figure) => counts.areas.map((row) => row.map((count) => count[figure]));

  test("from rows to counts: d, σ², γ, mse, counts, limits, everyone", () => {
    expect(counts.models.map(({ areas }) => areas)).toEqual(made.used);
    const pairs: [string, Table, Table][] = [
      ["d", [[survey.designRatio]], [[made.ratio]]],
      ["σ²", [counts.models.map(({ betweenAreaVariance }) => betweenAreaVariance)], [made.sigma]],
      ["γ", table("gamma"), made.gamma],
      ["mse", table("meanSquaredError"), made.mse],
      ["people", table("people"), made.counts],
      ["CV", table("coefficientOfVariation"), made.cv],
      ["low", table("low"), made.low],
      ["high", table("high"), made.high],
      ["everyone", [counts.everyone.map(({ people }) => people)], [made.everyone]],
      ["everyone, low", [counts.everyone.map(({ low }) => low)], [made.everyone_low]],
      ["everyone, high", [counts.everyone.map(({ high }) => high)], [made.everyone_high]],
    ];
    for (const [what, actual, expected] of pairs)
      expect([what, apart(actual, expected)]).toSatisfy(([, furthest]: [string, number]) => furthest < 1e-8);
  });

  test("rows add up to the inhabitants, columns to Σ N_g p_gs, both to 1e-8", () => {
    counts.areas.forEach((row, area) => {
      expectClose(sum(row.map(({ people }) => people)), sum(made.people[area]!), 1e-8);
    });
    for (let group = 0; group < made.groups; group++) {
      const expected = sum(made.people_of_cell.map((people, cell) => people * survey.cells[cell]!.shares[group]!));
      const total = sum(counts.areas.map((row) => row[group]!.people));
      expect(Math.abs(total - expected)).toBeLessThanOrEqual(1e-8 * expected);
    }
  });

  test("a composite on its own lies between what the make-up and what the respondents say", () => {
    const synthetic = { areas: expected(survey), ancestors: expected({ ...survey, areas: survey.ancestors }) };
    let own = 0;
    for (let group = 0; group < made.groups; group++) {
      const { composites } = groupModel(survey, synthetic, group);
      composites.forEach(({ share, gamma, leansOn }, area) => {
        if (leansOn !== "own") return;
        own++;
        const [q, p] = [synthetic.areas[area]!.shares[group]!, survey.areas[area]!.direct!.shares[group]!];
        expect(gamma > 0 && gamma < 1).toBe(true);
        expect((share - q) * (p - share)).toBeGreaterThanOrEqual(0);
        expectClose(share, q + gamma * (p - q), 1e-12);
      });
    }
    expect(own).toBeGreaterThan(5);
  });
});

/** q and v written out again. */
function expected({ cells, areas }: Pick<SmallAreaSurvey, "cells"> & { areas: readonly { people: PeopleByCell }[] }) {
  return areas.map(({ people }) => {
    const inhabitants = sum(people.map((own) => own ?? 0));
    const of = (field: "shares" | "variances", power: number) =>
      cells[0]![field].map((_, group) =>
        sum(cells.map((cell, place) => ((people[place] ?? 0) / inhabitants) ** power * cell![field][group]!)),
      );
    return { people: inhabitants, shares: of("shares", 1), variances: of("variances", 2) };
  });
}

describe("by hand", () => {
  const shares = (of: number[], n = 100, variance = 1e-4): GroupShares => ({
    n,
    effectiveSampleSize: n,
    degreesOfFreedom: n - 1,
    shares: Float64Array.from(of),
    variances: new Float64Array(of.length).fill(variance),
  });
  /** Areas of one cell of 10,000 people, in which the first group is a fifth; their own shares of it as given. */
  const survey = (own: number[], change: Partial<SmallAreaSurvey> = {}): SmallAreaSurvey => ({
    cells: [shares([0.2, 0.8])],
    areas: own.map((share) => ({ people: [10_000], direct: shares([share, 1 - share]), leansOn: "own" })),
    ancestors: [],
    everyone: shares([0.2, 0.8], 1000),
    designRatio: 1,
    ...change,
  });
  const unlike = [0.1, 0.3, 0.15, 0.25, 0.2, 0.2, 0.3, 0.1, 0.22, 0.18];
  const counted = (of: SmallAreaSurvey) => {
    const counts = smallAreaShares(of);
    if (counts.kind !== "areas") throw new Error(counts.why);
    return counts;
  };

  test("areas all alike, in make-up and in what they say: each has N p", () => {
    const { areas, models } = counted(survey(new Array(10).fill(0.2)));
    const psi = (0.2 * 0.8) / 100;
    expectClose(models[0]!.betweenAreaVariance, psi / Math.sqrt(20), 1e-12);
    const gamma = 1 / (1 + Math.sqrt(20));
    for (const [first, second] of areas as [AreaCount, AreaCount][]) {
      expectClose(first.people, 2000, 1e-12);
      expectClose(second.people, 8000, 1e-12);
      expectClose(first.gamma, gamma, 1e-12);
      expect([first.reading, first.mostlyModelled]).toEqual(["plain", true]);
      const variance = psi / Math.sqrt(20);
      const uncertainty = (2 * (variance + psi) ** 2) / 10;
      const error = gamma * psi + (1 - gamma) ** 2 * 1e-4 + ((2 * psi ** 2) / (variance + psi) ** 3) * uncertainty;
      expectClose(first.meanSquaredError, error, 1e-12);
      const reach = (2.2621571627982049 * Math.sqrt(error)) / 0.16; // R: qt(.975, 9)
      expectClose(first.low, 10_000 / (1 + 4 * Math.exp(reach)), 1e-10);
      expectClose(first.high, 10_000 / (1 + 4 * Math.exp(-reach)), 1e-10);
    }
  });

  test("one area, and seven: everyone only; eight: areas", () => {
    for (const areas of [1, 7]) {
      const counts = smallAreaShares(survey(unlike.slice(0, areas)));
      expect(counts).toMatchObject({ kind: "national-only", why: "few-areas" });
      expectClose(counts.everyone[0]!.people, 2000 * areas, 1e-12);
    }
    expect(smallAreaShares(survey(unlike.slice(0, 8))).kind).toBe("areas");
    const few = survey(unlike);
    few.areas.slice(0, 3).forEach(({ direct }) => {
      direct!.n = 19;
    });
    expect(smallAreaShares(few)).toMatchObject({ kind: "national-only", why: "few-areas" });
  });

  test("a cell where nobody lives changes nothing; one with people and no respondents is refused", () => {
    const plain = survey(unlike);
    const [before, after] = [plain, { ...plain, cells: [...plain.cells, null] }].map((of, more) =>
      counted({ ...of, areas: of.areas.map((area) => ({ ...area, people: more ? [10_000, 0] : [10_000] })) }),
    );
    expect(after).toEqual(before);
    const areas = plain.areas.map((area) => ({ ...area, people: [10_000, 1] }));
    expect(() => smallAreaShares({ ...plain, cells: [...plain.cells, null], areas })).toThrow(RangeError);
  });

  test("an area without people has nobody; one whose cell is counted in a wider one is its wider one", () => {
    const plain = survey(unlike);
    const nobody = { people: [0], direct: null, leansOn: "own" } as const;
    const { areas } = counted({ ...plain, areas: [...plain.areas, nobody] });
    expect(areas[10]).toMatchObject([
      { people: 0, low: null, high: null, reading: "not-shown", why: "few-people" },
      { people: 0, low: null, high: null, reading: "not-shown", why: "few-people" },
    ]);
    const wider = plain.areas.map((area, place) => ({
      ...area,
      people: place === 0 ? [null, 10_000] : [10_000, null],
    }));
    expect(counted({ ...plain, cells: [plain.cells[0]!, plain.cells[0]!], areas: wider })).toEqual(counted(plain));
  });

  test("nobody in the survey is in a group: fewer than N (1 − .025^(1/ESS)), and in no area a number to show", () => {
    const cells = [shares([0, 0.2, 0.8], 100, 0)];
    const three = survey(unlike, { cells, everyone: shares([0, 0.2, 0.8], 1000, 0) });
    const areas = three.areas.map(({ people, direct }) => ({
      people,
      direct: shares([0, ...direct!.shares]),
      leansOn: "own" as const,
    }));
    const counts = counted({ ...three, areas });
    expect(counts.everyone[0]).toMatchObject({ people: 0, low: 0, reading: "fewer-than" });
    expectClose(counts.everyone[0]!.high, 100_000 * (1 - 0.025 ** (1 / 1000)), 1e-10);
    expect(counts.models[0]).toEqual({ areas: 0, betweenAreaVariance: null });
    for (const [none, some] of counts.areas as [AreaCount, AreaCount][]) {
      expect(none).toMatchObject({ people: 0, low: null, high: null, reading: "not-shown", meanSquaredError: null });
      expect(some.reading).not.toBe("not-shown");
    }
  });

  test("an area whose own people cannot be in the group stands outside of its model, the others do not", () => {
    const cells = [shares([0.2, 0.8]), shares([0, 1], 100, 0)];
    const plain = survey(unlike, { cells, everyone: shares([0.2 * (10 / 11), 1 - 0.2 * (10 / 11)], 1000) });
    const areas = plain.areas.map((area) => ({ ...area, people: [10_000, 0] }));
    const outside = { people: [0, 10_000], direct: shares([0.1, 0.9]), leansOn: "own" } as const;
    const counts = counted({ ...plain, areas: [...areas, outside] });
    expect(counts.models.map((model) => model.areas)).toEqual([10, 10]);
    expect(counts.areas[10]![0]).toMatchObject({ people: 0, leansOn: "none", reading: "not-shown" });
    expect(counts.areas[0]![0]!.people).toBeGreaterThan(0);
  });

  test("nobody's own answers may be used: N q with mse σ² + v + √U, mostly modelled", () => {
    const plain = survey(unlike);
    const { areas, models } = counted({ ...plain, areas: plain.areas.map((area) => ({ ...area, leansOn: "none" })) });
    const [variance, psi] = [models[0]!.betweenAreaVariance!, (0.2 * 0.8) / 100];
    for (const [first] of areas as [AreaCount, AreaCount][]) {
      expectClose(first.people, 2000, 1e-12);
      expectClose(first.meanSquaredError, variance + 1e-4 + Math.sqrt((2 / 10) * (variance + psi) ** 2), 1e-12);
      expect([first.gamma, first.leansOn, first.mostlyModelled]).toEqual([0, "none", true]);
    }
  });

  test("an area that leans on another, or on nobody, says the same whichever way its own answers differ", () => {
    const at = (leansOn: "own" | "none" | { ancestor: number }, own: number) => {
      const plain = survey([own, ...unlike.slice(1)]); // .1 and .3 are as far from .2, so that σ² is the same
      const areas = plain.areas.map((area, place) => (place === 0 ? { ...area, leansOn } : area));
      const ancestors = [{ people: [20_000], direct: shares([0.25, 0.75], 300) }];
      const synthetic = { areas: expected(plain), ancestors: expected({ ...plain, areas: ancestors }) };
      return groupModel({ ...plain, areas, ancestors }, synthetic, 0).composites[0]!;
    };
    expect(at("none", 0.1)).toMatchObject({ share: 0.2, gamma: 0 });
    const around = at({ ancestor: 0 }, 0.1);
    expectClose(around.share, 0.2 + around.gamma * 0.05, 1e-12);
    expect(around.leansOn).toBe("ancestor");
    expectClose(around.meanSquaredError, at("none", 0.1).meanSquaredError!, 1e-12);
    for (const leansOn of ["none", { ancestor: 0 }] as const)
      expectClose(at(leansOn, 0.3).share, at(leansOn, 0.1).share, 1e-12);
    expect(at("own", 0.3).share).toBeGreaterThan(at("own", 0.1).share);
  });

  test("what leans on its region is mostly modelled, however large the region's own part", () => {
    const plain = survey(unlike, { ancestors: [{ people: [50_000], direct: shares([0.2, 0.8], 5000) }] });
    const areas = plain.areas.map((area, place) => (place < 5 ? { ...area, leansOn: { ancestor: 0 } } : area));
    const all = counted({ ...plain, areas }).areas.map((row) => row[0]!);
    const around = all.slice(0, 5);
    expect(around.every(({ gamma, mostlyModelled }) => gamma > 0.5 && mostlyModelled)).toBe(true);
    const own = all.slice(5);
    expect(own.every(({ gamma, mostlyModelled }) => mostlyModelled === gamma < 0.5)).toBe(true);
  });

  test("an ancestor that would move a share past 0 is not leant on", () => {
    const cells = [shares([0.5, 0.5]), shares([0.01, 0.99])];
    const plain = survey([0.2, 0.9, 0.3, 0.7, 0.1, 0.8, 0.4, 0.6], { cells, everyone: shares([0.255, 0.745], 2000) });
    const areas = plain.areas.map((area) => ({ ...area, people: [5000, 5000] }));
    const small = { people: [0, 10_000], direct: null, leansOn: { ancestor: 0 } } as const;
    const ancestors = [{ people: [10_000, 10_000], direct: shares([0.05, 0.95], 300) }];
    const all = { ...plain, areas: [...areas, small], ancestors };
    const synthetic = { areas: expected(all), ancestors: expected({ ...all, areas: ancestors }) };
    const last = groupModel(all, synthetic, 0).composites[8]!;
    expect(last).toMatchObject({ gamma: 0, leansOn: "none" });
    expectClose(last.share, 0.01, 1e-12);
  });

  test("areas that differ more are believed more: larger σ², larger γ; and more answers, larger γ", () => {
    const gammas = [1, 1.5, 2].map((times) => {
      const { models, areas } = counted(survey(unlike.map((share) => 0.2 + times * (share - 0.2))));
      return [models[0]!.betweenAreaVariance!, ...areas.map((row) => row[0]!.gamma)];
    });
    for (const place of gammas[0]!.keys()) {
      expect(gammas[1]![place]!).toBeGreaterThan(gammas[0]![place]!);
      expect(gammas[2]![place]!).toBeGreaterThan(gammas[1]![place]!);
    }
    const more = survey(unlike);
    more.areas[0]!.direct!.effectiveSampleSize = 200;
    const row = counted(more).areas;
    expect(row[0]![0]!.gamma).toBeGreaterThan(row[1]![0]!.gamma);
  });

  test("margins that no table can meet: everyone only", () => {
    const cells = [shares([0, 1], 100, 0), shares([0.2, 0.8])];
    const plain = survey(unlike, { cells });
    const areas = plain.areas.map((area, place) => ({ ...area, people: place < 9 ? [0, 1000] : [100_000, 0] }));
    const off = { ...plain, areas, everyone: shares([0.2, 0.8], 1000) };
    expect(smallAreaShares(off)).toMatchObject({ kind: "national-only", why: "margins-do-not-meet" });
  });

  test("what a caller must not give is refused", () => {
    const plain = survey(unlike);
    const [first, ...rest] = plain.areas as [SmallAreaSurvey["areas"][0], ...SmallAreaSurvey["areas"]];
    const wrong: Partial<SmallAreaSurvey>[] = [
      { designRatio: 0.9 },
      { designRatio: Number.NaN },
      { areas: [] },
      { areas: [{ ...first, people: [1, 2] }, ...rest] },
      { areas: [{ ...first, people: [-1] }, ...rest] },
      { areas: [{ ...first, people: [Number.NaN] }, ...rest] },
      { areas: [{ ...first, leansOn: { ancestor: 0 } }, ...rest] },
      { areas: [{ ...first, direct: shares([0.3, 0.3]) }, ...rest] },
      { areas: [{ ...first, direct: shares([0.2, 0.4, 0.4]) }, ...rest] },
      { areas: [{ ...first, direct: shares([-0.2, 1.2]) }, ...rest] },
      { cells: [shares([0.2, 0.8], 100, -1)] },
      { cells: [shares([0.2, 0.8], 0)] },
      { everyone: shares([]) },
    ];
    for (const change of wrong) expect(() => smallAreaShares({ ...plain, ...change })).toThrow(RangeError);
  });
});

describe("variance between areas", () => {
  test("equal ψ: Σ (p − q)²/(A − 1) − ψ, never below ψ/√(2A), never above 1", () => {
    const deviations = Float64Array.of(0.1, -0.2, 0.3, 0, 0.05);
    const of = (psi: number) => betweenAreaVariance(deviations, new Float64Array(5).fill(psi));
    expectClose(of(0.001).variance, 0.1425 / 4 - 0.001, 1e-12);
    expect(of(0.001).uncut).toBe(of(0.001).variance);
    expect(of(0.2).uncut).toBe(0);
    expectClose(of(0.2).variance, 0.2 / Math.sqrt(10), 1e-12);
    expectClose(of(0.2).uncertainty, (2 / 5) * (0.2 + 0.2 / Math.sqrt(10)) ** 2, 1e-12);
    expect(betweenAreaVariance(new Float64Array(5).fill(2), new Float64Array(5).fill(0.1)).variance).toBe(1);
  });

  test("columns that do not fit, or a ψ of 0, are refused", () => {
    const refused = (deviations: number[], psi: number[]) =>
      expect(() => betweenAreaVariance(Float64Array.from(deviations), Float64Array.from(psi))).toThrow(RangeError);
    refused([], []);
    refused([0.1], [0.1, 0.1]);
    refused([0.1, 0.1], [0.1, 0]);
    refused([0.1, 0.1], [0.1, Number.NaN]);
  });
});

describe("a table raked to its margins", () => {
  /** A table written as its rows: "3 1 | 2 5". */
  const rake = (written: string, rows: number[], columns: number[]) =>
    rakeTable(
      written.split(" | ").map((row) => Float64Array.from(row.split(" "), Number)),
      Float64Array.from(rows),
      Float64Array.from(columns),
    )?.flatMap((row) => [...row]) ?? null;

  test("of ones it is the product of the margins; the odds ratio is kept; zeros stay", () => {
    const product = rake("1 1 | 1 1 | 1 1", [10, 30, 60], [20, 80])!;
    [2, 8, 6, 24, 12, 48].forEach((expected, place) => {
      expectClose(product[place], expected, 1e-12);
    });
    const [a, b, c, d] = rake("3 1 | 2 5", [40, 60], [70, 30]) as [number, number, number, number];
    expectClose((a * d) / (b * c), 7.5, 1e-10);
    expectClose(a + b, 40, 1e-12);
    expectClose(a + c, 70, 1e-12);
    const [none, ...others] = rake("0 1 | 1 1", [1, 3], [2, 2])!;
    expect(none).toBe(0);
    [1, 2, 1].forEach((expected, place) => {
      expectClose(others[place], expected, 1e-12);
    });
    expect(rake("1 0 | 1 0", [1, 3], [4, 0])).toEqual([1, 0, 3, 0]);
  });

  test("margins of unlike totals, or people and an empty row or column: none", () => {
    expect(rake("1 1", [10], [5, 6])).toBeNull();
    expect(rake("0 0 | 1 1", [1, 1], [1, 1])).toBeNull();
    expect(rake("1 0 | 1 0", [1, 1], [1, 1])).toBeNull();
    expect(rake("1 1", [0], [0, 0])).toEqual([0, 0]);
    expect(() => rake("1 1", [1, 1], [1, 1])).toThrow(RangeError);
    expect(() => rake("1 -1", [1], [1, 1])).toThrow(RangeError);
    expect(() => rake("1 1", [1], [1, Number.NaN])).toThrow(RangeError);
  });
});

test("a number of people: rough above a CV of .20, not shown above .33, of 999 inhabitants or of 49 people", () => {
  const of = (people: number, inhabitants: number, cv: number) => {
    const share = people / inhabitants;
    const { reading, why } = countOfPeople(people, inhabitants, {
      meanSquaredError: (cv * share) ** 2,
      degreesOfFreedom: 9,
    });
    return why ?? reading;
  };
  expect([0.199, 0.201, 0.329, 0.331].map((cv) => of(500, 2000, cv))).toEqual(["plain", "rough", "rough", "too-rough"]);
  expect([of(500, 1000, 0.1), of(500, 999, 0.1)]).toEqual(["plain", "few-people"]);
  expect([of(50, 1000, 0.1), of(49.9, 1000, 0.1)]).toEqual(["plain", "few-people"]);
  expect(countOfPeople(2000, 2000, { meanSquaredError: 0, degreesOfFreedom: 9 }).why).toBe("no-limits");
  expect(countOfPeople(500, 2000, null)).toMatchObject({ low: null, high: null, why: "no-limits" });
});

test("d: the middle of the areas' ratios, 1 at least, and 1 where each person is a unit", () => {
  const area = (ratio: number, n = 20): GroupShares => ({
    n,
    effectiveSampleSize: 10,
    degreesOfFreedom: 9,
    shares: Float64Array.of(0.5, 0.5),
    variances: new Float64Array(2).fill((ratio * 0.25) / 10),
  });
  const clustered = designOf([1, 1, 1, 1], undefined, [0, 0, 1, 1]);
  expectClose(designVarianceRatio(clustered, [area(3), area(1), area(2), null, area(9, 19)]), 2, 1e-12);
  expectClose(designVarianceRatio(clustered, [area(3), area(2)]), 2.5, 1e-12);
  expect(designVarianceRatio(clustered, [area(0.4)])).toBe(1);
  expect(designVarianceRatio(clustered, [])).toBe(1);
  expect(designVarianceRatio(designOf([1, 1, 1, 1]), [area(3)])).toBe(1);
});

test("shares of groups: all of them add up to 1, who has none is missing, a group that is not there is refused", () => {
  const design = designOf([1, 2, 3, 4]);
  const of = (groups: number[], members: number[], count = 3) =>
    groupShares(design, { groups: Int32Array.from(groups), count }, Int32Array.from(members));
  const found = of([0, 1, -1, 1], [0, 1, 2, 3])!;
  expect([found.n, ...found.shares]).toEqual([3, 1 / 7, 6 / 7, 0]);
  expect(found.variances[2]).toBe(0);
  expect(of([0, 1, -1, 1], [2])).toBeNull();
  expect(of([0, 1, -1, 1], [])).toBeNull();
  for (const wrong of [() => of([0, 1, 3, 1], [0, 1, 2]), () => of([0, 1], [0]), () => of([0, 0, 0, 0], [4])])
    expect(wrong).toThrow(RangeError);
  expect(() => of([0, 0, 0, 0], [0], 0)).toThrow(RangeError);
});

test("a difference of areas: p below .05 where it is more than 1.96 errors, none without an error", () => {
  const area = (share: number) => ({ share, meanSquaredError: 0.0002 });
  expectClose(differenceOfAreas(area(0.3), area(0.2608))!.pValue, 0.04999579029644087, 1e-9); // R: 2 * pnorm(-1.96)
  expect(differenceOfAreas(area(0.3), area(0.3))).toEqual({ difference: 0, standardError: 0.02, pValue: 1 });
  expect(differenceOfAreas(area(0.3), { share: 0.2, meanSquaredError: null })).toBeNull();
});

test("whatever the answers: numbers or nulls, never NaN; and rows and columns that add up", () => {
  const portion = fc.integer({ min: 0, max: 40 });
  const portions = fc.tuple(portion, portion, portion).filter((all) => all.some((one) => one > 0));
  const partOf = fc.record({
    portions,
    n: fc.integer({ min: 15, max: 90 }),
    spread: fc.double({ min: 0, max: 3, noNaN: true }),
  });
  const sharesOf = ({ portions: of, n, spread }: { portions: number[]; n: number; spread: number }): GroupShares => {
    const shares = Float64Array.from(of, (one) => one / sum(of));
    const variances = shares.map((share) => (spread * share * (1 - share)) / n);
    return { n, effectiveSampleSize: Math.max(1, 0.8 * n), degreesOfFreedom: n - 1, shares, variances };
  };
  const leansOn = fc.constantFrom("own" as const, "none" as const, { ancestor: 0 });
  const counts = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 90_000 })), {
    minLength: 3,
    maxLength: 3,
  });
  const drawn = fc.array(fc.record({ people: counts, direct: fc.option(partOf), leansOn }), {
    minLength: 6,
    maxLength: 18,
  });
  let withAreas = 0;
  fc.assert(
    fc.property(fc.array(partOf, { minLength: 3, maxLength: 3 }), drawn, partOf, (cellsOf, areas, around) => {
      const cells = cellsOf.map(sharesOf);
      const inhabitants = sum(areas.flatMap(({ people }) => people));
      fc.pre(inhabitants > 0);
      const everywhere = cells.map((_, cell) => sum(areas.map(({ people }) => people[cell]!)));
      const shares = cells[0]!.shares.map((_, group) =>
        sum(cells.map((cell, place) => (everywhere[place]! / inhabitants) * cell.shares[group]!)),
      );
      const found = smallAreaShares({
        cells,
        areas: areas.map((area) => ({ ...area, direct: area.direct && sharesOf(area.direct) })),
        ancestors: [{ people: everywhere, direct: sharesOf(around) }],
        everyone: { ...sharesOf(around), shares },
        designRatio: 1.3,
      });
      expect(notNumbers(found)).toEqual([]);
      if (found.kind !== "areas") return;
      withAreas++;
      found.areas.forEach((row, area) => {
        const all = sum(areas[area]!.people);
        expect(Math.abs(sum(row.map(({ people }) => people)) - all)).toBeLessThanOrEqual(1e-8 * all);
        for (const { low, people, high } of row) {
          if (low === null || high === null) continue;
          expect(low <= people && people <= high && low >= 0 && high <= all * (1 + 1e-12)).toBe(true);
        }
      });
    }),
    { seed: 4, numRuns: 400 },
  );
  expect(withAreas).toBeGreaterThan(20);
});

function notNumbers(answer: unknown, at = "answer"): string[] {
  if (typeof answer === "number") return Number.isFinite(answer) ? [] : [`${at} is ${answer}`];
  if (answer === null || typeof answer !== "object") return [];
  return Object.entries(answer).flatMap(([key, part]) => notNumbers(part, `${at}.${key}`));
}
