import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Cell } from "../../data/contracts/cell.ts";
import { cellKey } from "../../data/contracts/cell-key.ts";
import type { Release } from "../../data/contracts/release.ts";
import { done, temporaryFolder } from "../command.ts";
import {
  answer,
  background,
  type Column,
  codebook,
  draws,
  house,
  lifeEvent,
  pairs,
  type Row,
  type Survey,
} from "../pipeline/made-up.ts";
import { isAnswered } from "./answers.ts";
import {
  type At,
  answeredOf,
  type Codes,
  combineTables,
  leaveOut,
  type Scene,
  subtractNested,
  subtractParts,
  told,
} from "./attackers.ts";
import { cellsOfWave, personsTold, variablesOf, without } from "./scenes.ts";
import { tally } from "./tally.ts";
import { type TrueWave, trueWaves } from "./true-waves.ts";

/** Attacks 4, 17 and 18 of METHOD §7.8: what two releases, or two waves of the same people, tell together. */
let folder: string;
const { counted, print } = tally("two releases, two waves");
beforeAll(() => {
  folder = temporaryFolder("over-time");
});
afterAll(() => {
  print();
  rmSync(folder, { recursive: true, force: true });
});

/** People of two towns of several ages: row by row known, drawn by a seed. */
const AGES = Array.from({ length: 12 }, (_, step) => 18 + step);
function people(seed: number, count: number): Row[] {
  const random = draws(seed);
  return Array.from({ length: count }, () => {
    const [health, social] = [6 + 2 * random.normal(), 6 + 2 * random.normal()];
    const near = (height: number) => answer(height + 0.8 * random.normal());
    return {
      area: ["c", "e", "n", "s", "w"][Math.min(4, Math.floor(7 * random.next() ** 2))] as string,
      gender: random.below(2) ? "f" : "m",
      age: AGES[random.below(AGES.length)] as number,
      weight: Number((0.5 + random.next()).toFixed(4)),
      ...{ health_a: near(health), health_b: near(health), social_a: near(social), social_b: near(social) },
    };
  });
}
const banded = (...starts: number[]): Column => ({
  ...background("age", []),
  categories: undefined,
  bands: starts.map((from, place) => {
    const to = (starts[place + 1] ?? 30) - 1;
    const code = `${from}-${to}`;
    return { code, from, to, name: { fi: code, sv: code, en: code } };
  }),
});
const surveyOf = (rows: readonly Row[], ages: Column, version = 1): Survey => ({
  codebook: codebook(
    "again",
    [
      { column: "weight", use: "weight" },
      background("area", ["c", "e", "n", "s", "w"]),
      background("gender", ["f", "m"]),
      ages,
      ...pairs(["health", "social"]),
    ],
    { version },
  ),
  rows,
});
const EVENT = lifeEvent("again-event", "again", { variables: ["area", "gender", "age"] });
const OLD_AGES = banded(18, 20, 23, 27);
const NEW_AGES = banded(18, 21, 24, 26);

type Own = ReturnType<typeof house>;
const publish = (own: Own, { id }: Release) => done("publish", "--home", own.home, "--release", id);
const truthOf = (own: Own, release: Release): TrueWave =>
  [...trueWaves(own.home, release, [join(folder, "files")]).values()][0] as TrueWave;

/**
 * A release with the persons of its rows: by place among everyone who was ever there; −1 for who was not. `isNew`: whether a cell's
 * figure is of these persons, and not the one that was shown before.
 */
type Told = { release: Release; truth: TrueWave; rowOf: readonly number[]; isNew?: (cell: Cell) => boolean };

/** What several releases tell together, of everyone who was ever in one: each variable as it was in each of them. */
function sceneOfAll(all: readonly Told[]): Scene {
  const persons = all[0]!.rowOf.length;
  const dimensions: Record<string, Codes> = {};
  const tables: string[][] = [];
  const cells: At[] = [];
  all.forEach(({ release, truth, rowOf, isNew = () => true }, turn) => {
    const named = (at: At): At => ({
      [`${turn}.there`]: "yes",
      ...Object.fromEntries(Object.entries(at).map(([id, code]) => [`${turn}.${id}`, code])),
    });
    dimensions[`${turn}.there`] = rowOf.map((row) => (row >= 0 && truth.counted[row] === 1 ? "yes" : null));
    for (const id of variablesOf(release))
      dimensions[`${turn}.${id}`] = rowOf.map((row) => (row < 0 ? null : truth.codes[id]![row]!));
    for (const grid of release.grids)
      tables.push(Object.keys(named(Object.fromEntries(grid.filter((id) => id !== "wave").map((id) => [id, ""])))));
    cells.push(...personsTold({ cells: cellsOfWave(release, truth.wave).filter(isNew) }).map(named));
  });
  const people = new Uint8Array(persons).fill(1);
  return { k: 10, dimensions, tables, apart: [], people, answered: answeredOf(cells, { dimensions, people }) };
}

const leaksOf = (scene: Scene) => [
  ...new Map(
    [subtractNested, subtractParts, combineTables, leaveOut]
      .flatMap((attackBy) => attackBy(scene))
      .map((leak) => [leak.rows.join(), `${leak.how} = ${leak.size}`]),
  ).values(),
];
const everyRow = (rows: readonly Row[]) => rows.map((_, row) => row);

describe("attack 17: a re-issue", () => {
  const rows = people(17, 500);
  const changed = (count: number): Row[] =>
    rows.map((row, place) => (place < count ? { ...row, health_a: (Number(row.health_a) + 3) % 11 } : row));

  test("attack 17: one added, one removed, one changed, nine changed: it waits, and what is shown stays", () => {
    const own = house(folder, "again");
    own.ingest(surveyOf(rows, OLD_AGES));
    publish(own, own.release(EVENT));
    for (const [what, later] of [
      ["one added", [...rows, ...people(1, 1)]],
      ["one removed", rows.slice(1)],
      ["one changed", changed(1)],
      ["nine changed", changed(9)],
    ] as const) {
      own.ingest(surveyOf(later, OLD_AGES), `${what}.csv`);
      const { code, document } = own.tryRelease(EVENT);
      expect([what, code, document.problems?.map((problem) => problem.code)]).toEqual([what, 1, ["release-waits"]]);
    }
  }, 120_000);

  const random = draws(4);
  const moved = (row: Row) => ({ ...row, area: "n", health_b: random.below(11) });
  test.each([
    ["fifteen removed", rows.slice(15)],
    [
      "forty removed, forty added, a hundred changed",
      [...rows.slice(40, 140).map(moved), ...rows.slice(140), ...people(44, 40)],
    ],
  ])(
    "attack 17: %s: old and new tell of no group below k together",
    (what, later) => {
      const own = house(folder, what.replaceAll(/\W/g, ""));
      own.ingest(surveyOf(rows, OLD_AGES));
      const first = own.release(EVENT);
      publish(own, first);
      own.ingest(surveyOf(later, OLD_AGES), "later.csv");
      const second = own.release(EVENT);
      expect(second.id).not.toBe(first.id);
      // Nobody is known again but by all answers: who changed one is a person who went, and another who came.
      const place = new Map(later.map((row, index) => [JSON.stringify(row), index]));
      const stayed = rows.map((row) => place.get(JSON.stringify(row)) ?? -1);
      const came = later.flatMap((_, index) => (stayed.includes(index) ? [] : [index]));
      const then: Told = {
        release: first,
        truth: truthOf(own, first),
        rowOf: [...everyRow(rows), ...came.map(() => -1)],
      };
      const now: Told = { release: second, truth: truthOf(own, second), rowOf: [...stayed, ...came] };
      // Of a cell that one to nine persons came to or left, the figure is the one of before, or none (METHOD §7.6).
      const isIn = ({ truth: { codes } }: Told, row: number, at: At) =>
        Object.entries(at).every(([id, code]) => codes[id]![row] === code);
      const changes = (at: At) => {
        const went = everyRow(rows).filter((row) => stayed[row]! < 0 && isIn(then, row, at)).length;
        return Math.max(went, came.filter((row) => isIn(now, row, at)).length);
      };
      const shown = ({ figure }: Cell) =>
        figure.kind === "value" ? [figure.value, figure.low, figure.high, figure.n] : [figure.kind];
      const shownBefore = new Map(
        first.cells.map((cell) => [cellKey(cell.measure, cell.statistic, cell.at), shown(cell)]),
      );
      const settled = new Map<string, boolean>();
      now.isNew = ({ at }) => {
        const key = told(at);
        const count = settled.has(key) ? 0 : changes(without(at));
        if (!settled.has(key)) settled.set(key, count === 0 || count >= 10);
        return settled.get(key) === true;
      };
      const unsettled = second.cells.filter((cell) => isAnswered(cell) && now.isNew?.(cell) === false);
      expect(unsettled.length).toBeGreaterThan(10);
      for (const cell of unsettled) {
        const key = cellKey(cell.measure, cell.statistic, cell.at);
        expect([key, shown(cell)]).toEqual([key, shownBefore.get(key)]);
      }
      const scene = sceneOfAll([then, now]);
      expect(scene.answered.length).toBeGreaterThan(60);
      const alone = house(folder, `${what.length}-alone`);
      alone.ingest(surveyOf(later, OLD_AGES));
      const careless = alone.release(EVENT);
      const byItself = { release: careless, truth: truthOf(alone, careless), rowOf: now.rowOf };
      const before = leaksOf(sceneOfAll([then, byItself]));
      const leaks = leaksOf(scene);
      counted("17", `${what} (before: each by itself)`, before.length, leaks);
      expect(leaks).toEqual([]);
      expect(before.length).toBeGreaterThan(0);
    },
    120_000,
  );
});

describe("attack 04: other bands of the same people", () => {
  test("attack 04: ages banded anew, by the real command: old and new bands tell of no group below k together", () => {
    const rows = people(4, 600);
    const own = house(folder, "banded");
    own.ingest(surveyOf(rows, OLD_AGES));
    const first = own.release(EVENT);
    publish(own, first);
    own.ingest(surveyOf(rows, NEW_AGES, 2), "banded-anew.csv");
    const second = own.release(EVENT);
    const alone = house(folder, "banded-alone");
    alone.ingest(surveyOf(rows, NEW_AGES, 2));
    const careless = alone.release(EVENT);
    const then: Told = { release: first, truth: truthOf(own, first), rowOf: everyRow(rows) };
    const before = leaksOf(
      sceneOfAll([then, { release: careless, truth: truthOf(alone, careless), rowOf: everyRow(rows) }]),
    );
    const leaks = leaksOf(sceneOfAll([then, { release: second, truth: truthOf(own, second), rowOf: everyRow(rows) }]));
    counted("04", "other bands (before: each by itself)", before.length, leaks);
    expect(before.length).toBeGreaterThan(5);
    expect(leaks).toEqual([]);
  }, 120_000);
});

describe("attack 18: wave to wave", () => {
  const COLUMNS = [
    { column: "year", use: "wave" },
    { column: "id", use: "person" },
    { column: "weight", use: "weight" },
    background("area", ["n", "s"]),
    ...pairs(["health", "social"]),
  ];
  /** Two waves of three hundred, most of them in both. */
  const rows = (() => {
    const random = draws(18);
    return Array.from({ length: 360 }, (_, person) => {
      const area = random.below(3) ? "s" : "n";
      const [health, social] = [6 + 2 * random.normal(), 6 + 2 * random.normal()];
      return ["2024", "2025"].flatMap((year, wave): Row[] => {
        if (person >= 240 && person % 2 !== wave) return [];
        const near = (height: number) => answer(height + 0.6 * wave + 0.8 * random.normal());
        const row = { year, id: `person-${person}`, weight: Number((0.5 + random.next()).toFixed(4)), area };
        return [
          { ...row, health_a: near(health), health_b: near(health), social_a: near(social), social_b: near(social) },
        ];
      });
    }).flat();
  })();
  let release: Release;
  let truths: Map<string, TrueWave>;
  beforeAll(() => {
    const own = house(folder, "panel");
    own.ingest({ codebook: codebook("panel", COLUMNS), rows });
    release = own.release(lifeEvent("panel-event", "panel", { variables: ["area"] }));
    truths = trueWaves(own.home, release, [join(folder, "files")]);
  }, 120_000);

  test("attack 18: flows: no move of fewer than ten follows from the flows shown beside it, nor from the waves' own cells", () => {
    const waves = ["2024", "2025"].map((wave) => ({
      truth: truths.get(wave) as TrueWave,
      ids: rows.filter(({ year }) => year === wave).map(({ id }) => id),
    }));
    const ids = [...new Set(rows.map(({ id }) => id))];
    const rowOf = waves.map((wave) => ids.map((id) => wave.ids.indexOf(id)));
    const told = waves.map(({ truth }, turn): Told => ({ release, truth, rowOf: rowOf[turn]! }));
    const { dimensions, tables, answered, people } = sceneOfAll(told);
    const flows = release.segmentation.flows;
    expect(flows.filter(({ figure }) => figure.kind === "value").length).toBeGreaterThan(5);
    const all = { ...dimensions, both: ids.map((_, place) => (rowOf.every((own) => own[place]! >= 0) ? "yes" : null)) };
    // A flow is a share of its earlier group among those of both waves who have a group in each.
    const cells = flows
      .filter(({ figure }) => figure.kind === "value")
      .flatMap(({ variable, from, to }): At[] => {
        const group = { both: "yes", [`0.${variable}`]: from.code };
        // All other moves together are what is left of the group.
        return to.code === null ? [group] : [group, { ...group, [`1.${variable}`]: to.code }];
      });
    const variables = [...new Set(flows.map(({ variable }) => variable))];
    const scene: Scene = {
      ...{ k: 10, apart: [], people, dimensions: all },
      tables: [
        ...tables,
        ["both"],
        ...variables.flatMap((id) => [
          ["both", `0.${id}`],
          ["both", `0.${id}`, `1.${id}`],
        ]),
      ],
      answered: [...answered, ...answeredOf(cells, { dimensions: all, people })],
    };
    const leaks = [...subtractNested(scene), ...subtractParts(scene), ...combineTables(scene)].filter(({ how }) =>
      how.includes("both"),
    );
    const found = [...new Map(leaks.map((leak) => [leak.rows.join(), `${leak.how} = ${leak.size}`])).values()];
    counted("18", "flows of a panel beside its waves", null, found);
    expect(found).toEqual([]);
  });

  test("attack 18: a wave's change against the one before stands only where both are shown", () => {
    const shown = new Set(
      release.cells
        .filter(({ figure }) => figure.kind === "value")
        .map(({ measure, statistic, at }) => `${measure}/${statistic} ${told({ ...at })}`),
    );
    const changes = release.cells.flatMap(({ measure, statistic, at, figure }) =>
      figure.kind === "value" && figure.versus.some(({ against }) => against === "previous-wave")
        ? [`${measure}/${statistic} ${told({ ...at, wave: "2024" })}`]
        : [],
    );
    expect(changes.length).toBeGreaterThan(20);
    expect(changes.filter((key) => !shown.has(key))).toEqual([]);
  });
});
