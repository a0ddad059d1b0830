import type { Cell } from "../../data/contracts/cell.ts";
import type { Release } from "../../data/contracts/release.ts";
import { isAnswered } from "./answers.ts";
import { type Answered, type At, answeredOf, cellsWith, type Scene } from "./attackers.ts";
import type { TrueWave } from "./true-waves.ts";

/** A wave of a picture as attackers see it: what was answered, and which persons there are. */
export type Seen = { release: Release; truth: TrueWave; cells: readonly Cell[] };

/** Who attacks: anyone, or whoever holds these rows and takes them from every answer. */
export type Attacker = { who: string; holds: Uint8Array | null };

const THREE_WAY_FROM = 2000;

/** Anyone, and each who handed over rows where several did. */
export function attackersOf({ contributors }: TrueWave): Attacker[] {
  const all = [...new Set(contributors)].sort();
  const each = all.length < 2 ? [] : all;
  return [
    { who: "outsider", holds: null },
    ...each.map((who) => ({ who, holds: Uint8Array.from(contributors, (own) => (own === who ? 1 : 0)) })),
  ];
}

/** The persons themselves: who is in which cell, with each service's users as a dimension of their own. */
export function sceneOfPersons(seen: Seen, attacker: Attacker): Scene {
  const { release, truth } = seen;
  const services = Object.keys(truth.codes).filter((id) => id.startsWith("service."));
  const variables = variablesOf(release);
  const tables = [
    ...tablesOf(seen),
    ...services.flatMap((service) => [[service], ...variables.map((variable) => [service, variable])]),
  ];
  const apart = services.flatMap((one, index) =>
    services.slice(index + 1).map((other): [string, string] => [one, other]),
  );
  return {
    ...sceneOf(seen, attacker, { dimensions: truth.codes, tables, people: truth.counted, cells: personsTold(seen) }),
    apart,
  };
}

/** The respondents of a measure and of every other that the same persons answered. */
export function sceneOfMeasure(seen: Seen, attacker: Attacker, measures: readonly string[]): Scene {
  const { release, truth } = seen;
  const values = truth.answersTo(measures[0]!) as Float64Array;
  const cells = seen.cells.filter(({ measure }) => measures.includes(measure));
  const tables = [...new Map(cells.map(({ at }) => [Object.keys(at).sort().join(), tableOf(at)])).values()].filter(
    (table) => table.length < 3 || truth.contributors.length >= THREE_WAY_FROM,
  );
  return sceneOf(seen, attacker, {
    dimensions: Object.fromEntries(variablesOf(release).map((id) => [id, truth.codes[id]!])),
    tables,
    people: truth.counted.map((held, row) => (held === 1 && !Number.isNaN(values[row]!) ? 1 : 0)),
    cells: cells.filter(isAnswered).map(({ at }) => without(at)),
  });
}

/** The same people and tables at a server that has nothing but a threshold: every cell of k or more is answered. */
export function thresholdOnly(scene: Scene, everyone: Uint8Array): Scene {
  const cells = cellsWith(scene.k, { ...scene, people: everyone }).filter(
    (at) => !Object.values(at).includes("not-used"),
  );
  return { ...scene, answered: answeredOf(cells, scene) };
}

/** Of whom a figure says something: its cell, and of a service its users in that cell. */
export function personsTold({ cells }: Pick<Seen, "cells">): At[] {
  return cells.filter(isAnswered).flatMap(({ measure, at }): At[] => {
    const [kind, id, question] = measure.split(".");
    if (kind === "service") {
      const users = { ...without(at), [`service.${id}`]: "used" };
      return question === "used" ? [without(at), users] : [users];
    }
    return kind === "unclassifiable" ? [] : [without(at)];
  });
}

/** What stands in the cells of one wave, but what a register says of its people. */
export function cellsOfWave(release: Release, wave: string): Cell[] {
  return release.cells.filter(
    ({ at, statistic, measure }) => at.wave === wave && statistic !== "people" && measure !== "coverage.register",
  );
}

export function variablesOf({ variables }: Release): string[] {
  return variables.map(({ id }) => id).filter((id) => id !== "wave");
}

export function tablesOf({ release, truth }: Pick<Seen, "release" | "truth">): string[][] {
  const largest = truth.contributors.length < THREE_WAY_FROM ? 2 : 3;
  return release.grids.map((grid) => grid.filter((id) => id !== "wave")).filter(({ length }) => length <= largest);
}

function sceneOf(
  { release }: Seen,
  { holds }: Attacker,
  { people, cells, ...shape }: Pick<Scene, "dimensions" | "tables" | "people"> & { cells: readonly At[] },
): Scene {
  const left = people.map((held, row) => (held === 1 && holds?.[row] !== 1 ? 1 : 0));
  const answered: Answered[] = answeredOf(cells, { ...shape, people: left });
  return { k: release.policy.minimumPersons, ...shape, people: left, apart: [], answered };
}

export const without = ({ wave: _, ...at }: At): At => at;
const tableOf = (at: At) => Object.keys(at).filter((id) => id !== "wave");
