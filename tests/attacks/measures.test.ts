import { afterAll, beforeAll, expect, test } from "vitest";
import {
  answeredOf,
  combineTables,
  groupsOf,
  leaveOut,
  ledgerOf,
  type Scene,
  selectSeveral,
  subtractNested,
  subtractParts,
} from "./attackers.ts";
import { openLedger } from "./ledger.ts";
import { seeSamples, type Wave } from "./sample-waves.ts";
import { type Attacker, sceneOfMeasure, thresholdOnly, without } from "./scenes.ts";
import { tally } from "./tally.ts";

/**
 * Attacks 1–5, 8 and 10 of METHOD §7.8 on the measures of the samples: among those who answered, whoever did not is missing from
 * every group; and of shares and scores what shows words only must not follow from the numbers of others.
 */
const FAMILIES = 12;
let waves: Wave[];
const { counted, print } = tally("the samples' measures, over HTTP");
beforeAll(async () => {
  ({ waves } = await seeSamples());
}, 600_000);
afterAll(print);

const several: string[] = [];

test(`attacks 01 02 03 05 08: ${FAMILIES} measures of each wave with answers missing, as outsider and each contributor`, () => {
  const all: string[] = [];
  let atThreshold = 0;
  for (const wave of waves) {
    const families = familiesOf(wave).filter(({ silent }) => silent > 20);
    expect(families.length).toBeGreaterThan(FAMILIES);
    const chosen = Array.from(
      { length: FAMILIES },
      (_, index) => families[Math.floor((index * families.length) / FAMILIES)]!,
    );
    for (const attacker of wave.attackers) {
      const [leaks, before]: [string[], string[]] = [[], []];
      const name = `${wave.name}: ${attacker.who}`;
      for (const [index, { measures, valid }] of chosen.entries()) {
        const scene = sceneOfMeasure(wave, attacker, measures);
        if (index % 4 === 0) before.push(...together(thresholdOnly(scene, valid)).listed);
        const own = together(scene);
        const below = scene.answered.filter(({ n }) => n < scene.k).map(({ n }) => `answered, of ${n}`);
        leaks.push(...[...below, ...own.listed].map((how) => `${measures[0]}: ${how}`));
        several.push(...own.several.map((how) => `${name}, ${measures[0]}: ${how}`));
      }
      counted("01–05 08", `${name}, ${chosen.length} measures (before: 3)`, before.length, leaks);
      all.push(...leaks.map((leak) => `${name}, ${leak}`));
      expect(before.length).toBeGreaterThan(5);
      atThreshold += before.length;
    }
  }
  expect(atThreshold).toBeGreaterThan(200);
  expect(all).toEqual([]);
}, 300_000);

test("attack 05+: multi-select: nor of several small cells in a line together (beyond METHOD's kinds)", () => {
  counted("05+", "the same measures", null, several);
  expect(several).toEqual([]);
});

test("attack 10: what shows words only (kind 6) does not follow from the numbers of the same measure, to outsider or contributor", () => {
  const all: string[] = [];
  for (const wave of waves) {
    const found: string[] = [];
    let looked = 0;
    for (const measure of new Set(wave.cells.map((cell) => cell.measure)))
      for (const attacker of wave.attackers) {
        const words = wordsOf(wave, measure, attacker);
        looked += words.looked;
        found.push(...words.found);
      }
    counted("10", `${wave.name}: sums of events or scores, of ${looked} cells in words`, null, found);
    all.push(...found.map((one) => `${wave.name}: ${one}`));
    expect(looked).toBeGreaterThan(20);
  }
  expect(all).toEqual([]);
}, 300_000);

type Family = { measures: string[]; valid: Uint8Array; silent: number };

/** Measures by who answered them, with how many of those who count did not. */
function familiesOf({ truth, cells }: Pick<Wave, "truth" | "cells">): Family[] {
  const families = new Map<string, Family>();
  for (const measure of new Set(cells.map((cell) => cell.measure))) {
    const values = /^(item|dimension|low|service)\./.test(measure) ? truth.answersTo(measure) : null;
    if (!values) continue;
    const valid = truth.counted.map((held, row) => (held === 1 && !Number.isNaN(values[row]!) ? 1 : 0));
    const silent = truth.counted.reduce((sum, held, row) => sum + held - valid[row]!, 0);
    const key = valid.join("");
    const family = families.get(key) ?? { measures: [], valid, silent };
    family.measures.push(measure);
    families.set(key, family);
  }
  return [...families.values()];
}

/** Every arithmetic attack together, each group once: those of METHOD's kinds, and several cells at once. */
function together(scene: Scene): { listed: string[]; several: string[] } {
  const ledger = ledgerOf(scene);
  const listed = [
    ...subtractNested(scene),
    ...subtractParts(scene),
    ...combineTables(scene, ledger),
    ...leaveOut(scene, ledger),
  ];
  const told = (leaks: typeof listed) => [
    ...new Map(leaks.map((leak) => [leak.rows.join(), `${leak.how} = ${leak.size}`])).values(),
  ];
  return { listed: told(listed), several: told(selectSeveral(scene, ledger)) };
}

/**
 * Cells of a measure of k or more whose answers all but a few persons share (rules 3–5), and which of them follow all the same from
 * the numbers of others.
 */
function wordsOf(wave: Wave, measure: string, { who, holds }: Attacker): { looked: number; found: string[] } {
  const { truth, cells, release } = wave;
  const values = /^(item|dimension|low|service)\./.test(measure) ? truth.answersTo(measure) : null;
  const own = cells.filter((cell) => cell.measure === measure && cell.statistic !== "median");
  if (!values || own.length === 0) return { looked: 0, found: [] };
  const scene = sceneOfMeasure({ ...wave, cells: own }, { who, holds }, [measure]);
  const isShare = own[0]!.statistic === "percent";
  const { minimumPersons: k, minimumEvents: events } = release.policy;
  const secret = scene.tables.flatMap((table) =>
    [...groupsOf(table, scene)]
      .filter(([, rows]) => rows.length >= k && awayFrom(values, rows, isShare) < events)
      .map(([name, rows]) => ({ of: `${table.join(" × ")} ${name.replaceAll("\u0001", ",")}`, rows })),
  );
  // A category of a filter is a cell, not an event: its few are nobody's cell (METHOD §7.3 rule 1).
  if (secret.length === 0 || measure.endsWith(".used")) return { looked: 0, found: [] };
  const numbers = own.filter(({ figure }) => figure.kind === "value").map(({ at }) => without(at));
  const ledger = openLedger(answeredOf(numbers, scene), scene.people.length);
  const found = secret.filter(({ rows }) => ledger.tells(rows));
  return {
    looked: secret.length,
    found: found.map(({ of, rows }) => `${who}, ${measure}: ${of}, ${rows.length} persons`),
  };
}

/** How many differ from the answer of most; of a share, how many are on the smaller side. */
function awayFrom(values: Float64Array, rows: Int32Array, isShare: boolean): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(values[row]!, (counts.get(values[row]!) ?? 0) + 1);
  if (isShare) return Math.min(counts.get(1) ?? 0, counts.get(0) ?? 0);
  return rows.length - Math.max(...counts.values());
}
