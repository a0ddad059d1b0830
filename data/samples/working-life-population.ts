import { distributionOfLevels, type TypedWorld } from "./latent-types.ts";
import type { Random } from "./random.ts";
import { countPeople, drawRespondents, peopleOf, stratumWeights } from "./respondents.ts";
import type { WrittenCell } from "./sample.ts";
import { AREA_IDS, AREAS, type AreaId } from "./working-life-areas.ts";
import {
  ACTIVITIES,
  ACTIVITY_IDS,
  type ActivityId,
  AGE_IDS,
  AGES,
  type AgeId,
  COLLEGE_AGES,
  CONTRIBUTOR_IDS,
  CONTRIBUTORS,
  type ContributorId,
  EDUCATION_IDS,
  EDUCATIONS,
  type EducationId,
  GENDER_IDS,
  GENDERS,
  type GenderId,
  LEVELS,
  SAMPLED,
  TYPES,
  type TypeId,
} from "./working-life-model.ts";

/** People who are alike in everything known, and who asks them. */
export type WorkingCell = {
  contributor: ContributorId;
  area: AreaId;
  gender: GenderId;
  age: AgeId;
  activity: ActivityId;
  education: EducationId;
  people: number;
};

/** The four types, and what of a person's background moves them. */
export const WORKING_AGE: TypedWorld<TypeId, WorkingCell> = {
  types: TYPES,
  levels: LEVELS,
  effectsOf: (cell) => movedBy(cell).map(({ types }) => types),
  shiftsOf: (cell) => movedBy(cell).map(({ levels }) => levels),
};

const movedBy = ({ area, activity, education, gender, age }: WorkingCell) =>
  [AREAS[area], ACTIVITIES[activity], EDUCATIONS[education], GENDERS[gender], AGES[age]] as const;

export const levelDistribution = (d: number, population: readonly WorkingCell[]) =>
  distributionOfLevels(WORKING_AGE, d, population);

/** Everyone of 18–64, in the frames of both contributors: the product of the shares, ± 6 %. A person stands in one frame. */
export function workingPopulation(random: Random): WorkingCell[] {
  const cells: WorkingCell[] = [];
  for (const area of AREA_IDS)
    for (const contributor of AREAS[area].colleges ? CONTRIBUTOR_IDS : CONTRIBUTOR_IDS.slice(0, 1))
      for (const gender of GENDER_IDS)
        for (const age of AGE_IDS)
          EDUCATION_IDS.forEach((education, e) => {
            const activities = activityShares(area, age, education);
            ACTIVITY_IDS.forEach((activity, a) => {
              const college = AREAS[area].colleges ? collegeShare(activity, age) : 0;
              const asked = contributor === "vocational-college" ? college : 1 - college;
              const alike = (AREAS[area].people / 2) * AGES[age].share * AGES[age].educations[e]! * activities[a]!;
              const people = countPeople(alike * asked, random);
              cells.push({ contributor, area, gender, age, activity, education, people });
            });
          });
  return cells;
}

const collegeShare = (activity: ActivityId, age: AgeId) =>
  Math.min(0.9, ACTIVITIES[activity].college * COLLEGE_AGES[age]);

/** What people do, by age: being without work is commoner with little education, and in some places. The rest shares what is left. */
function activityShares(area: AreaId, age: AgeId, education: EducationId): number[] {
  const shares = AGES[age].activities;
  const of = ACTIVITY_IDS.indexOf("unemployed");
  const unemployed = shares[of]! * AREAS[area].unemployed * EDUCATIONS[education].unemployed;
  return shares.map((share, index) => (index === of ? unemployed : (share * (1 - unemployed)) / (1 - shares[of]!)));
}

/** The same people as the register hands them over: by county, gender, age and main activity. */
export function registerCells(cells: readonly WorkingCell[]): WrittenCell[] {
  return AREA_IDS.flatMap((area) =>
    GENDER_IDS.flatMap((gender) =>
      AGE_IDS.flatMap((age) =>
        ACTIVITY_IDS.map((activity) => ({
          people: peopleOf(
            cells.filter(
              (cell) => cell.area === area && cell.gender === gender && cell.age === age && cell.activity === activity,
            ),
          ),
          codes: { area, gender, age, activity },
        })),
      ),
    ),
  );
}

export type Working = { cell: WorkingCell; weight: number };

/**
 * Who answers: every background multiplies the eagerness. Weights are N_h / n_h of contributor × county × gender × under
 * 45 or not; main activity and education are left uncorrected.
 */
export function drawWorking(cells: readonly WorkingCell[], random: Random): Working[] {
  const eagerness = cells.map((cell) =>
    [CONTRIBUTORS[cell.contributor], ...movedBy(cell)].reduce((product, { answers }) => product * answers, 1),
  );
  const drawn = drawRespondents(cells, eagerness, SAMPLED, random);
  const stratumOf = ({ contributor, area, gender, age }: WorkingCell) =>
    `${contributor} ${area} ${gender} ${age < "45"}`;
  const weights = stratumWeights(cells, drawn, stratumOf);
  return drawn.map((cell, index) => ({ cell, weight: weights[index]! }));
}
