import { type Composite, type GroupModel, groupModel, type SyntheticShares } from "./area-composite.ts";
import { type CountOfPeople, countOfPeople, withReading } from "./count-of-people.ts";
import type { GroupShares } from "./group-shares.ts";
import { kornGraubardInterval } from "./proportion.ts";
import { rakeTable } from "./rake-table.ts";
import { sum } from "./sum.ts";

/** N_ag by cell; null where the area counts these people in another, wider cell. */
export type PeopleByCell = readonly (number | null)[];

export type SmallArea = {
  people: PeopleByCell;
  /** What its own respondents say; null where there are none. */
  direct: GroupShares | null;
  /** Whose answers may move its estimate: its own, those of a larger area around it (its place among them), nobody's. */
  leansOn: "own" | "none" | { ancestor: number };
};

export type SmallAreaSurvey = {
  /** p_gs with V(p_gs); null for a cell without respondents, in which nobody may live. */
  cells: readonly (GroupShares | null)[];
  areas: readonly SmallArea[];
  /** Larger areas that smaller ones lean on. */
  ancestors: readonly { people: PeopleByCell; direct: GroupShares }[];
  /** Of the whole country, with weights post-stratified to the cells: Σ_g N_g p_gs/N. */
  everyone: GroupShares;
  /** d of design-variance-ratio.ts. */
  designRatio: number;
};

/** One group in one area; `share` is as raked: people over inhabitants. */
export type AreaCount = CountOfPeople &
  Composite & {
    /** Its own respondents said less of it than the model did. */
    mostlyModelled: boolean;
  };

/** Of the whole country. `fewer-than`: nobody in the survey is in the group, and the limit is `high`. */
export type NationalCount = CountOfPeople | (Omit<CountOfPeople, "reading"> & { reading: "fewer-than" });

/** By group; `areas` by area, then group. */
export type SmallAreaCounts = {
  everyone: NationalCount[];
  models: GroupModel[];
} & ({ kind: "areas"; areas: AreaCount[][] } | { kind: "national-only"; why: "few-areas" | "margins-do-not-meet" });

/**
 * How many people of each area are in each group: shares of a survey carried over to the register's counts.
 *
 *   q_as = Σ_g N_ag p_gs/N_a,  v_as = Σ_g (N_ag/N_a)² V(p_gs)             synthetic, from the area's make-up
 *   θ_as by area-composite.ts; T_as = N_a θ_as raked to rows N_a and columns N p_s (rake-table.ts)
 *   interval and reading by count-of-people.ts, with θ = T_as/N_a as raked, mse and df = A′ − 1
 *                                                             METHOD §4.7, composite of Fay & Herriot (1979)
 *
 * Everyone: N p_s with Korn and Graubard's limits; a group nobody is in has none but the upper one. `national-only`:
 * fewer than 8 areas have 20 respondents in any group's model; or the counts cannot be made to meet both margins, as when
 * the cells with a group's people are empty in every area. Where single groups have fewer than 8 areas, their counts are
 * synthetic, without limits and not shown. Figures are not rounded, and those not shown must not leave. RangeError:
 * columns of unequal length, people in a cell without respondents, shares that do not add up to 1, d < 1, no people.
 */
export function smallAreaShares(survey: SmallAreaSurvey): SmallAreaCounts {
  requireSurvey(survey);
  const { areas, ancestors, cells, everyone } = survey;
  const synthetic = {
    areas: areas.map(({ people }) => syntheticShares(cells, people, everyone.shares.length)),
    ancestors: ancestors.map(({ people }) => syntheticShares(cells, people, everyone.shares.length)),
  };
  const inhabitants = Float64Array.from(synthetic.areas, ({ people }) => people);
  const all = sum(inhabitants);
  if (!(all > 0)) throw new RangeError("nobody lives in these areas");
  const groups = Array.from(everyone.shares, (_, group) => groupModel(survey, synthetic, group));
  const models = groups.map(({ model }) => model);
  const counts = { everyone: models.map((_, group) => nationalCount(everyone, group, all)), models };
  if (models.every(({ betweenAreaVariance }) => betweenAreaVariance === null))
    return { ...counts, kind: "national-only", why: "few-areas" };
  const raked = rakeTable(
    areas.map((_, area) => Float64Array.from(groups, ({ composites }) => composites[area]!.share * inhabitants[area]!)),
    inhabitants,
    everyone.shares.map((share) => share * all),
  );
  if (raked === null) return { ...counts, kind: "national-only", why: "margins-do-not-meet" };
  return {
    ...counts,
    kind: "areas",
    areas: raked.map((row, area) =>
      groups.map(({ model, composites }, group) =>
        areaCount(row[group]!, inhabitants[area]!, { composite: composites[area]!, areas: model.areas }),
      ),
    ),
  };
}

function areaCount(people: number, inhabitants: number, by: { composite: Composite; areas: number }): AreaCount {
  const { gamma, meanSquaredError, leansOn } = by.composite;
  const share = inhabitants > 0 ? people / inhabitants : 0;
  const exactness = meanSquaredError === null ? null : { meanSquaredError, degreesOfFreedom: by.areas - 1 };
  return {
    ...countOfPeople(people, inhabitants, exactness),
    ...by.composite,
    share,
    mostlyModelled: leansOn !== "own" || gamma < 0.5,
  };
}

function nationalCount(everyone: GroupShares, group: number, inhabitants: number): NationalCount {
  const [mean, standardError] = [everyone.shares[group]!, Math.sqrt(everyone.variances[group]!)];
  const limits = kornGraubardInterval({ ...everyone, mean, standardError });
  const count = {
    people: mean * inhabitants,
    low: limits.low === null ? null : limits.low * inhabitants,
    high: limits.high === null ? null : limits.high * inhabitants,
    coefficientOfVariation: mean > 0 ? standardError / mean : null,
  };
  if (mean === 0 && count.high !== null) return { ...count, reading: "fewer-than", why: null };
  return withReading(inhabitants, count);
}

function syntheticShares(cells: SmallAreaSurvey["cells"], people: PeopleByCell, groups: number): SyntheticShares {
  const inhabitants = sum(people.map((own) => own ?? 0));
  const over = (term: (cell: GroupShares, part: number) => number) =>
    sum(cells.map((cell, place) => (cell && inhabitants > 0 ? term(cell, (people[place] ?? 0) / inhabitants) : 0)));
  const shares = new Float64Array(groups);
  const variances = new Float64Array(groups);
  for (let group = 0; group < groups; group++) {
    shares[group] = Math.min(
      1,
      over((cell, part) => part * cell.shares[group]!),
    );
    variances[group] = over((cell, part) => part ** 2 * cell.variances[group]!);
  }
  return { people: inhabitants, shares, variances };
}

function requireSurvey({ cells, areas, ancestors, everyone, designRatio }: SmallAreaSurvey): void {
  if (!(designRatio >= 1 && Number.isFinite(designRatio)))
    throw new RangeError(`a ratio of variances is 1 or more, not ${designRatio}`);
  const groups = everyone.shares.length;
  const directs = [...areas, ...ancestors].map(({ direct }) => direct);
  for (const part of [everyone, ...cells, ...directs]) if (part) requireShares(part, groups);
  for (const { people } of [...areas, ...ancestors]) {
    if (people.length !== cells.length) throw new RangeError(`${people.length} counts for ${cells.length} cells`);
    people.forEach((own, cell) => {
      if (own === null) return;
      if (!(own >= 0 && Number.isFinite(own))) throw new RangeError(`a cell has 0 people or more, not ${own}`);
      if (own > 0 && !cells[cell]) throw new RangeError(`cell ${cell} has ${own} people and no respondents`);
    });
  }
  for (const { leansOn } of areas)
    if (typeof leansOn === "object" && !ancestors[leansOn.ancestor])
      throw new RangeError(`ancestor ${leansOn.ancestor} of ${ancestors.length}`);
}

function requireShares({ shares, variances, n, effectiveSampleSize }: GroupShares, groups: number): void {
  if (shares.length !== groups || variances.length !== groups || groups === 0)
    throw new RangeError(`${shares.length} shares with ${variances.length} variances of ${groups} groups`);
  if (!shares.every((share) => share >= 0 && share <= 1) || !(Math.abs(sum(shares) - 1) < 1e-9))
    throw new RangeError("shares lie between 0 and 1, and those of all groups add up to 1");
  if (!variances.every((variance) => variance >= 0 && Number.isFinite(variance)))
    throw new RangeError("variances are 0 or more");
  if (!(n > 0 && effectiveSampleSize > 0 && Number.isFinite(effectiveSampleSize)))
    throw new RangeError(`shares of ${n} persons, worth ${effectiveSampleSize}`);
}
