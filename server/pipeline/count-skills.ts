import type { Cell } from "../../data/contracts/cell.ts";
import type { BackgroundColumn } from "../../data/contracts/codebook.ts";
import type { Names } from "../../data/contracts/names.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import type { Published } from "../../data/contracts/published.ts";
import type { Measure } from "../../data/contracts/release.ts";
import { publishCell } from "../disclosure/gate.ts";
import type { StoredRows } from "../store/microdata/read-rows.ts";
import { type ChosenExtract, pairOf } from "./choose-extracts.ts";
import type { Lattice } from "./cut-waves.ts";
import { plainMeasure } from "./questions.ts";
import type { ReleaseWords } from "./release-words.ts";

/** The background of a skills extract that says which skill a row counts. */
const SKILL = "skill";
/** Mentions are summed over a year, so that seasons weigh alike. */
const MONTHS = 12;

/** Mentions of one skill; `incomplete`: some were suppressed at source and are not in it. */
export type Mentions = { count: number; incomplete: boolean };

/** How often work asks for skills, from the extracts of role `skills`. */
export type AskedSkills = {
  codebook: string;
  skills: { id: string; name: Names }[];
  /** Backgrounds that cut the mentions too, beside the skill. */
  variables: string[];
  /** Whether its codebooks declare this code: one that they do not know is not zero mentions. */
  knows: (variable: string, code: string) => boolean;
  /** The months that are summed, by wave. */
  months: Map<string, { from: string; to: string }>;
  /** Mentions of a skill in a cell. */
  mentionsOf: (at: Readonly<Record<string, string>>, skill: string) => Mentions;
};

export const askedMeasure = (skill: string) => `skill.${skill}.asked`;

/**
 * Adds up the mentions of each skill over the last twelve months that a wave's rows speak of, for everyone and for each code of each
 * variable. What was suppressed at source adds nothing and makes the sum `incomplete`; where no column names months, all
 * rows count. Null when the life event has no such extract, or none with a background `skill` of declared categories.
 */
export function countSkills(
  parts: readonly ChosenExtract[],
  rows: ReadonlyMap<string, StoredRows>,
  variables: readonly string[],
): AskedSkills | null {
  const usable = parts.filter(({ codebook }) => (backgroundOf(codebook, SKILL)?.categories ?? []).length > 0);
  const [first] = usable;
  if (!first) return null;
  const shared = variables.filter((variable) => usable.every(({ codebook }) => backgroundOf(codebook, variable)));
  const counted = usable.flatMap((part) => rowsOf(part, rows.get(part.extract.id) as StoredRows, shared));
  const months = lastMonths(counted);
  const sums = new Map<string, Mentions>();
  for (const { wave, month, skill, codes, count } of counted) {
    const { from } = months.get(wave) ?? { from: "" };
    if (month !== null && month < from) continue;
    for (const at of [{}, ...codes]) {
      const key = keyOf({ wave, ...at }, skill);
      const sum = sums.get(key) ?? { count: 0, incomplete: false };
      sums.set(key, Number.isNaN(count) ? { ...sum, incomplete: true } : { ...sum, count: sum.count + count });
    }
  }
  const named = new Map(
    usable.flatMap(({ codebook }) =>
      (backgroundOf(codebook, SKILL)?.categories ?? []).map(({ code, name }) => [code, { id: code, name }] as const),
    ),
  );
  return {
    ...{ codebook: first.codebook.id, skills: [...named.values()], variables: shared, months },
    knows: (variable, code) => usable.some(({ codebook }) => declares(backgroundOf(codebook, variable), code)),
    mentionsOf: (at, skill) => sums.get(keyOf(at, skill)) ?? { count: 0, incomplete: false },
  };
}

function backgroundOf({ columns }: ChosenExtract["codebook"], id: string): BackgroundColumn | undefined {
  return columns.find((column): column is BackgroundColumn => column.use === "background" && column.id === id);
}

function declares(column: BackgroundColumn | undefined, code: string): boolean {
  if (!column) return false;
  const { classification, categories, bands } = column;
  return classification !== undefined || (categories ?? bands ?? []).some((entry) => entry.code === code);
}

function keyOf(at: Readonly<Record<string, string>>, skill: string): string {
  return JSON.stringify([Object.entries(at).sort(([left], [right]) => (left < right ? -1 : 1)), skill]);
}

/** A row of an extract: NaN where its count was suppressed. `codes`: the cells of one variable that it stands in. */
type CountedRow = {
  wave: string;
  month: string | null;
  skill: string;
  codes: Record<string, string>[];
  count: number;
};

function rowsOf(
  { extract, codebook, speaksFor }: ChosenExtract,
  { hashes, columns }: StoredRows,
  variables: readonly string[],
): CountedRow[] {
  const at = (use: string) => columns.get(codebook.columns.findIndex((column) => column.use === use));
  const of = (id: string) =>
    columns.get(codebook.columns.findIndex((column) => column.use === "background" && column.id === id));
  const [count, wave, contributor, month, skill] = [at("count"), at("wave"), at("contributor"), at("month"), of(SKILL)];
  const cutBy = variables.map((variable) => ({ variable, codes: of(variable)?.codes ?? [] }));
  return hashes.flatMap((_, row): CountedRow[] => {
    const waveCode = wave?.codes[row] ?? codebook.wave ?? extract.waves[0] ?? "";
    const contributorCode = contributor?.codes[row] ?? codebook.contributor ?? extract.contributors[0] ?? "";
    const skillCode = skill?.codes[row];
    if (!skillCode || !speaksFor.has(pairOf(contributorCode, waveCode))) return [];
    const codes = cutBy.flatMap((variable) => {
      const code = variable.codes[row];
      return code ? [{ [variable.variable]: code }] : [];
    });
    return [
      {
        ...{ wave: waveCode, skill: skillCode, codes, month: month?.codes[row] ?? null },
        count: count?.numbers[row] ?? Number.NaN,
      },
    ];
  });
}

/** The twelve months up to the last one that a wave has rows of, or as many of them as there are. */
function lastMonths(rows: readonly CountedRow[]): Map<string, { from: string; to: string }> {
  const held = new Map<string, Set<string>>();
  for (const { wave, month } of rows)
    if (month !== null) held.set(wave, (held.get(wave) ?? new Set<string>()).add(month));
  return new Map(
    [...held].map(([wave, months]) => {
      const to = [...months].sort().at(-1) as string;
      const first = monthsBefore(to, MONTHS - 1);
      const from = [...months].sort().find((month) => month >= first) as string;
      return [wave, { from, to }];
    }),
  );
}

function monthsBefore(month: string, months: number): string {
  const [year = 0, place = 1] = month.split("-").map(Number);
  const index = 12 * year + place - 1 - months;
  return `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}`;
}

/** The cells that mentions stand in, in a wave: everyone, and each code of each shared variable. */
export function cellsOfMentions(
  { variables }: AskedSkills,
  wave: string,
  { codes }: Pick<Lattice, "codes">,
): Record<string, string>[] {
  return [
    { wave },
    ...variables.flatMap((variable) => (codes.get(variable) ?? []).map((code) => ({ wave, [variable]: code }))),
  ];
}

/**
 * Mentions as cells through the gate: `skill.<id>.asked/count`, to 5, and `/percent`, the skill's share of all mentions of these skills
 * in the cell. Mentions are not persons and one advertisement may hold several, so neither has an n or an interval.
 */
export function askedCells(
  asked: AskedSkills,
  { waves, lattice }: { waves: readonly string[]; lattice: Pick<Lattice, "codes"> },
  policy: DisclosurePolicy,
): Published<Cell>[] {
  return wavesOfMentions(asked, waves).flatMap((wave) =>
    cellsOfMentions(asked, wave, lattice).flatMap((at) => {
      const [variable, code] = Object.entries(at).find(([id]) => id !== "wave") ?? [];
      const isKnown = variable === undefined || asked.knows(variable, code as string);
      const mentions = asked.skills.map(({ id }) => asked.mentionsOf(at, id));
      const of = mentions.reduce((sum, { count }) => sum + count, 0);
      const someIncomplete = mentions.some(({ incomplete }) => incomplete);
      return asked.skills.flatMap(({ id }, index) => {
        const { count, incomplete } = mentions[index] as Mentions;
        const publish = (statistic: "count" | "percent", among: number | null, lacks: boolean) =>
          publishCell(
            { measure: askedMeasure(id), statistic, at },
            isKnown ? { kind: "occurrences", count, of: among, incomplete: lacks } : { kind: "not-asked" },
            policy,
          );
        // A share lacks something where any skill of the cell does; one that is itself unknown says nothing.
        return [publish("count", null, incomplete), publish("percent", of, someIncomplete)];
      });
    }),
  );
}

/** Waves of the survey that the mentions speak of. */
export const wavesOfMentions = ({ months, skills, mentionsOf }: AskedSkills, waves: readonly string[]) =>
  waves.filter(
    (wave) =>
      months.has(wave) ||
      skills.some(({ id }) => {
        const { count, incomplete } = mentionsOf({ wave }, id);
        return count > 0 || incomplete;
      }),
  );

/** What mentions are called among the measures of a release. */
export function askedMeasures(asked: AskedSkills, waves: readonly string[], words: ReleaseWords): Measure[] {
  return asked.skills.map(({ id, name }) =>
    plainMeasure({
      id: askedMeasure(id),
      name: words.word("skill.asked", (language) => ({ skill: name[language] })),
      statistics: ["count", "percent"],
      min: 0,
      asked: wavesOfMentions(asked, waves),
    }),
  );
}
