import type { Cell, Flag } from "../../data/contracts/cell.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import type { Published } from "../../data/contracts/published.ts";
import type { CoverageRow, PeopleDescription } from "../../data/contracts/release.ts";
import { publishCell } from "../disclosure/gate.ts";
import { collapseClasses } from "../statistics/collapse-classes.ts";
import type { CountOfPeople } from "../statistics/count-of-people.ts";
import type { Design } from "../statistics/design.ts";
import { designVarianceRatio } from "../statistics/design-variance-ratio.ts";
import { type GroupShares, groupShares } from "../statistics/group-shares.ts";
import { postStratify } from "../statistics/post-stratify.ts";
import { type SmallAreaSurvey, smallAreaShares } from "../statistics/small-area-shares.ts";
import { reweighted } from "./calibrate.ts";
import type { ChosenExtract } from "./choose-extracts.ts";
import type { Register } from "./count-register.ts";
import { type CutWave, type GroupingId, ofPresent, personsOf } from "./cut-waves.ts";
import type { Survey } from "./gather-survey.ts";
import type { Groupings } from "./group-survey.ts";
import { type ClosedSet, type ClosedSets, closedSetOfPersons } from "./protect-cells.ts";

type Given = {
  register: Register | null;
  groupings: Groupings;
  sets: ClosedSets;
  policy: DisclosurePolicy;
  coverage: readonly CoverageRow[];
  /** Waves whose every survey has weights and says whom it speaks of. */
  speaksForPeople: (wave: string) => boolean;
};

/** The variable of where people live: groups are counted in each of its codes. */
const AREA = "area";
/** Greatest part of a register's people that may be hidden at source, were each hidden count as large as such counts are. */
const MOST_HIDDEN = 0.05;
/** Fewest respondents of a cell of age, gender and the like (METHOD §4.7). */
const FEWEST_IN_CELL = 30;

/**
 * How many people are in each published group, and where: the survey's shares carried over to the register's people, as cells
 * `persons/people` of a grouping and of a grouping and an area (METHOD §4.7). The assumption is that people of the same age, gender
 * and whatever else both know are alike whether they answered or not.
 */
export function carryOver({ register, groupings, sets, ...rest }: Given): {
  cells: Published<Cell>[];
  people: PeopleDescription[];
} {
  const drawn = sets.waves.flatMap((wave, place) => {
    if (!register?.totals.has(wave.wave)) return [];
    const reason = whyNot(wave.wave, { register, ...rest });
    return [...groupings.codes].map(([variable, codes]) => {
      const groups = ofPresent(groupings.waves[place]?.groups.get(variable) as Int32Array, wave.present);
      const grouping = { variable, codes, groups };
      const closedSet = closedSetOfPersons(sets, place);
      const areas = register.variables.includes(AREA) ? (sets.lattice.codes.get(AREA) ?? []) : [];
      const described = { wave: wave.wave, variable, by: register.variables };
      if (reason) return { cells: [], described: { ...described, reading: reason } };
      const counted = countPeople(wave, { register, grouping, areas, closedSet });
      if (!counted) return { cells: [], described: { ...described, reading: "nobody-answered" as const } };
      return {
        cells: cellsOfCounts(counted, {
          ...{ wave: wave.wave, grouping, areas, closedSet, policy: rest.policy },
          // What is hidden at source is in no count: they are at least so many.
          flags: register.suppressed.has(wave.wave) ? ["incomplete"] : [],
        }),
        described: { ...described, reading: counted.reading },
      };
    });
  });
  return { cells: drawn.flatMap(({ cells }) => cells), people: drawn.map(({ described }) => described) };
}

/** Why a wave's shares may not be carried over; null where they may. */
function whyNot(
  wave: string,
  {
    register,
    coverage,
    policy,
    speaksForPeople,
  }: Pick<Given, "coverage" | "policy" | "speaksForPeople"> & { register: Register },
): PeopleDescription["reading"] | null {
  if (!speaksForPeople(wave)) return "no-population";
  if (!((register.totals.get(wave)?.people ?? 0) > 0)) return "register-incomplete";
  const hidden = (register.suppressed.get(wave) ?? 0) * (policy.minimumPersons - 1);
  if (hidden > MOST_HIDDEN * (register.totals.get(wave)?.people ?? 0)) return "register-incomplete";
  const isRed = coverage.some(
    (row) => row.wave === wave && (row.reading === "far-under" || row.reading === "far-over"),
  );
  return isRed ? "coverage" : null;
}

type Grouped = { variable: GroupingId; codes: readonly string[]; groups: Int32Array };
type Counted = {
  reading: "areas" | "everyone";
  everyone: readonly (CountOfPeople | { reading: "fewer-than" })[];
  /** By area of the lattice, then group. */
  areas: readonly (readonly (CountOfPeople & { mostlyModelled: boolean })[])[];
};

function countPeople(
  wave: CutWave,
  {
    register,
    grouping,
    areas,
    closedSet,
  }: { register: Register; grouping: Grouped; areas: readonly string[]; closedSet: ClosedSet },
): Counted | null {
  const cut = cutByRegister(wave, grouping, register);
  const design = postStratified(wave, cut);
  if (!design) return null;
  const count = grouping.codes.length;
  const present = personsOf(wave.present);
  const shares = (members: Int32Array): GroupShares | null =>
    groupShares(design, { groups: grouping.groups, count }, members);
  const everyone = shares(present);
  if (!everyone) return null;
  const livesIn = wave.codes.get(AREA);
  const direct = cut.areas.map((area) => shares(present.filter((person) => livesIn?.[person] === area)));
  const isTold = (area: string) =>
    grouping.codes.every((code) => closedSet.allows({ [grouping.variable]: code, [AREA]: area }));
  const survey: SmallAreaSurvey = {
    cells: cut.totals.map((_, cell) => shares(present.filter((person) => cut.cells[person] === cell))),
    // What is not published of an area moves no estimate, neither its own nor how much areas differ.
    areas: cut.areas.map((area, place) => {
      const own = isTold(area) ? (direct[place] ?? null) : null;
      return { people: cut.people[place] as number[], direct: own, leansOn: own ? "own" : "none" };
    }),
    ancestors: [],
    everyone,
    designRatio: designVarianceRatio(design, direct),
  };
  const found = smallAreaShares(survey);
  const isByArea = found.kind === "areas" && areas.length > 0;
  return {
    reading: isByArea ? "areas" : "everyone",
    everyone: found.everyone,
    areas: isByArea ? areas.map((area) => found.areas[cut.areas.indexOf(area)] ?? []) : [],
  };
}

type CutByRegister = {
  areas: string[];
  /** People of each cell, and of each area by cell. */
  totals: number[];
  people: number[][];
  /** The cell of each respondent with a group, −1 where it is not known. */
  cells: Int32Array;
};

/** Areas, and cells of everything else that register and survey know alike, joined until each has enough respondents. */
function cutByRegister({ wave, codes }: CutWave, { groups }: Grouped, register: Register): CutByRegister {
  const rows = register.rows.get(wave) ?? [];
  const at = register.variables.indexOf(AREA);
  const others = register.variables.filter((variable) => variable !== AREA);
  const keyOf = (held: readonly (string | null)[]) => (held.includes(null) ? null : JSON.stringify(held));
  const keyOfRow = (row: (typeof rows)[number]) => keyOf(row.codes.filter((_, place) => place !== at));
  const areas = [...new Set(rows.map((row) => row.codes[at] ?? "all"))].sort();
  const keys = [...new Set(rows.flatMap((row) => keyOfRow(row) ?? []))].sort();
  const cellOf = new Map(keys.map((key, place) => [key, place]));
  const columns = others.map((variable) => codes.get(variable) ?? []);
  const classes = Int32Array.from(groups, (group, person) =>
    group >= 0 ? (cellOf.get(keyOf(columns.map((column) => column[person] ?? null)) ?? "") ?? -1) : -1,
  );
  const totals = new Float64Array(keys.length);
  for (const row of rows) totals[cellOf.get(keyOfRow(row) ?? "") ?? -1]! += row.people;
  const { margin, into } = collapseClasses({ classes, totals, ordered: true }, FEWEST_IN_CELL);
  const people = areas.map(() => new Array<number>(margin.totals.length).fill(0));
  for (const row of rows) {
    const cell = into[cellOf.get(keyOfRow(row) ?? "") ?? -1];
    if (cell === undefined) continue;
    const own = people[areas.indexOf(row.codes[at] ?? "all")] as number[];
    own[cell] = (own[cell] as number) + row.people;
  }
  return { areas, totals: [...margin.totals], people, cells: margin.classes };
}

/** Weights of those who count, brought to the register's cells. */
function postStratified({ design, present }: CutWave, { cells, totals }: CutByRegister): Design | null {
  const persons = personsOf(present);
  const own = Float64Array.from(persons, (person) => design.weights[person] as number);
  const classes = Int32Array.from(persons, (person) => cells[person] as number);
  const stratified = postStratify(own, { classes, totals: Float64Array.from(totals) });
  if (stratified.kind === "refused") return null;
  const weights = design.weights.slice();
  persons.forEach((person, place) => {
    weights[person] = stratified.weights[place] as number;
  });
  return reweighted(design, weights);
}

function cellsOfCounts(
  { everyone, areas: byArea }: Counted,
  {
    wave,
    grouping: { variable, codes },
    areas,
    closedSet,
    policy,
    flags: always,
  }: {
    wave: string;
    grouping: Grouped;
    areas: readonly string[];
    closedSet: ClosedSet;
    policy: DisclosurePolicy;
    flags: Flag[];
  },
): Published<Cell>[] {
  const gate = (at: Record<string, string>, count: Counted["everyone"][number] | undefined, more: Flag[]) => {
    const name = { measure: "persons", statistic: "people" as const, at };
    const isTold = "area" in at ? closedSet.allows({ [AREA]: at.area as string }) : closedSet.allows(at);
    if (!isTold) return publishCell(name, { kind: "closed" }, policy);
    const shown = count && "people" in count ? count : null;
    return publishCell(
      name,
      {
        kind: "carried-over",
        estimate: { value: shown?.people ?? 0, low: shown?.low ?? null, high: shown?.high ?? null },
        hidden: shown === null || shown.reading === "not-shown",
        flags: [...(shown?.reading === "rough" ? ["rough" as const] : []), ...always, ...more],
        versus: [],
      },
      policy,
    );
  };
  return codes.flatMap((code, group) => [
    gate({ wave, [variable]: code }, everyone[group], []),
    ...areas.map((area, place) => {
      const count = byArea[place]?.[group];
      return gate({ wave, [variable]: code, [AREA]: area }, count, count?.mostlyModelled ? ["mostly-modelled"] : []);
    }),
  ]);
}

/** Whether all rows of a wave have weights and come from codebooks that say whom they speak of. */
export function speaksForPeople(chosen: readonly ChosenExtract[], survey: Survey, wave: string): boolean {
  const own = survey.waves.find((one) => one.wave === wave);
  const extracts = new Set(own?.source.map(({ extract }) => extract));
  const codebooks = chosen.filter(({ extract }) => extracts.has(extract.id)).map(({ codebook }) => codebook);
  return own?.weighted === true && codebooks.every(({ population }) => population !== undefined);
}
