import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AuditOfView, auditUniverse, isClean } from "../../server/disclosure/audit/audit.ts";
import { isAnswered, type Picture } from "./answers.ts";
import {
  type At,
  answeredOf,
  combineTables,
  type Leak,
  leaveOut,
  ledgerOf,
  type Scene,
  selectSeveral,
  subtractNested,
  subtractParts,
} from "./attackers.ts";
import { PRIME } from "./ledger.ts";
import { seeSamples, type Wave } from "./sample-waves.ts";
import { type Attacker, sceneOfPersons, thresholdOnly, variablesOf, without } from "./scenes.ts";
import { tally } from "./tally.ts";

/**
 * Attacks 1–5, 7 and 8 of METHOD §7.8 on the samples: what a running server answers over HTTP, against who the persons are by the
 * raw files. Each attacker is let loose on a server with nothing but a threshold first, and must succeed there.
 */
const OTHERS: Record<string, string>[] = [
  { cookie: "role=steward" },
  { authorization: "Bearer contributor" },
  { "x-forwarded-for": "127.0.0.1" },
];
let pictures: Picture[];
let asOthers: Picture[][];
let waves: Wave[];
const { counted, print } = tally("the samples, over HTTP");

beforeAll(async () => {
  ({ pictures, asOthers, waves } = await seeSamples(OTHERS));
}, 600_000);
afterAll(print);

test("the samples hold what attackers need: several waves, several contributors", () => {
  expect(waves.length).toBeGreaterThan(2);
  expect(waves.some(({ attackers }) => attackers.length > 2)).toBe(true);
});

test("the attackers' prime is one", () => {
  for (let divisor = 2; divisor * divisor <= PRIME; divisor++)
    if (PRIME % divisor === 0) throw new Error(String(divisor));
});

test("the attackers count as the files do: everyone who is told of is as many as they say", () => {
  for (const { truth, cells } of waves) {
    const total = cells.find(
      ({ measure, statistic, at }) => measure === "persons" && statistic === "count" && Object.keys(at).length === 1,
    );
    const persons = truth.counted.reduce((sum, held) => sum + held, 0);
    expect(total?.figure).toMatchObject({ kind: "value", value: Math.floor(persons / 5 + 0.5) * 5 });
  }
});

const ATTACKS = [
  ["01", "nested filters: no answered group less one within it is below k"],
  ["02", "total minus published parts, each split"],
  ["03", "linked tables: no sum and difference of answers is a group below k"],
  ["05", "all but one, neither b nor c"],
  ["05+", "multi-select: of several small cells in a line no two or more are told together (beyond METHOD's kinds)"],
] as const;

describe("the persons: who is in which cell, and who used which service", () => {
  type Found = Record<string, { before: number; leaks: string[] }>;
  const found: { wave: string; who: string; of: Found }[] = [];
  beforeAll(() => {
    for (const wave of waves)
      for (const attacker of wave.attackers) {
        const released = sceneOfPersons(wave, attacker);
        const before = attackAll(thresholdOnly(released, wave.truth.counted));
        const after = attackAll(released);
        const of = ATTACKS.map(([attack]) => [
          attack,
          { before: before[attack]!.length, leaks: after[attack]!.map(({ how, size }) => `${how} = ${size}`) },
        ]);
        found.push({ wave: wave.name, who: attacker.who, of: Object.fromEntries(of) });
      }
  }, 300_000);

  test.each(ATTACKS)("attack %s: %s", (attack) => {
    const leaks: string[] = [];
    for (const { wave, who, of } of found.filter((one) => one.who === "outsider")) {
      counted(attack, `${wave}: ${who}`, of[attack]!.before, of[attack]!.leaks);
      leaks.push(...of[attack]!.leaks.map((leak) => `${wave}: ${leak}`));
    }
    const all = found.reduce((sum, { of }) => sum + of[attack]!.before, 0);
    expect(all).toBeGreaterThan(attack === "01" ? 20 : 100);
    expect(leaks).toEqual([]);
  });

  test("attack 08: contributor subtracts own rows: nothing follows of the others' persons", () => {
    const contributors = found.filter(({ who }) => who !== "outsider");
    expect(contributors.length).toBeGreaterThan(1);
    const leaks: string[] = [];
    let atThreshold = 0;
    for (const { wave, who, of } of contributors) {
      const own = Object.values(of).flatMap((one) => one.leaks);
      const before = Object.values(of).reduce((total, one) => total + one.before, 0);
      counted("08", `${wave}: ${who}`, before, own);
      leaks.push(...own.map((leak) => `${who}: ${leak}`));
      expect(before).toBeGreaterThan(50);
      atThreshold += before;
    }
    expect(atThreshold).toBeGreaterThan(1000);
    expect(leaks).toEqual([]);
  });
});

test("attacks 01 02 03 05 08: the independent audit, over everything that was answered of persons, finds nothing", () => {
  const looked = waves.filter(
    ({ attackers, release }, place) => attackers.length > 1 || waves[place + 1]?.release !== release,
  );
  expect(looked.length).toBeGreaterThan(1);
  for (const wave of looked) {
    const scene = sceneOfPersons(wave, { who: "outsider", holds: null });
    const audits = auditUniverse({
      ...{ k: scene.k, tables: scene.tables, records: scene.dimensions, valid: wave.truth.counted },
      apart: scene.apart,
      views: wave.attackers.flatMap(({ who, holds }) => (holds ? [{ id: who, holds }] : [])),
      published: scene.answered.map(({ at }) => at),
    });
    expect(audits.map(({ view }) => view)).toEqual(wave.attackers.map(({ who }) => who));
    expect(audits.filter((audit: AuditOfView) => !isClean([audit]))).toEqual([]);
  }
}, 120_000);

test("attacks 01 02 03: whoever is left out: shares of all respondents, of a whole segment, counts by contributor tell of no few", () => {
  const leaks: string[] = [];
  for (const wave of waves)
    for (const attacker of wave.attackers) {
      const scene = sceneOfEveryone(wave, attacker);
      const found = [...subtractNested(scene), ...subtractParts(scene), ...combineTables(scene)];
      const own = [...new Map(found.map((leak) => [leak.rows.join(), `${leak.how} = ${leak.size}`])).values()];
      counted("01–03", `${wave.name}: ${attacker.who}, beside those left out`, null, own);
      leaks.push(...own.map((leak) => `${wave.name}, ${attacker.who}: ${leak}`));
    }
  expect(leaks).toEqual([]);
});

test("attack 07: collusion: every role is answered the same, so the union of all answers is each one's own", () => {
  expect(asOthers.length).toBe(OTHERS.length);
  for (const other of asOthers)
    expect(other.map(({ csv, id }) => [id, csv])).toEqual(pictures.map(({ csv, id }) => [id, csv]));
});

/** Every arithmetic attack, by its number. */
function attackAll(scene: Scene): Record<string, Leak[]> {
  const ledger = ledgerOf(scene);
  return {
    "01": subtractNested(scene),
    "02": subtractParts(scene),
    "03": combineTables(scene, ledger),
    "05": leaveOut(scene, ledger),
    "05+": selectSeveral(scene, ledger),
  };
}

/** All respondents, with whether each counts in the figures and whether some group was found, and what tells of them. */
function sceneOfEveryone({ release, truth, cells }: Wave, { holds }: Attacker): Scene {
  const yes = (mask: Uint8Array) => Array.from(mask, (held) => (held === 1 ? "yes" : "no"));
  const variables = variablesOf(release);
  const dimensions = {
    ...Object.fromEntries(variables.map((id) => [id, truth.codes[id]!])),
    counted: yes(truth.counted),
    placed: yes(truth.placed),
    // The share that could not be placed is of them and of who counts.
    asked: yes(truth.counted.map((held, row) => held | (1 - truth.placed[row]!))),
    contributor: truth.contributors,
  };
  const { certificate, referenceWave } = release.segmentation;
  const told: At[] = [
    ...cells
      .filter((cell) => isAnswered(cell) && cell.measure === "persons")
      .map(({ at }) => ({ ...without(at), counted: "yes" })),
    ...cells
      .filter((cell) => isAnswered(cell) && cell.measure === "unclassifiable")
      .flatMap(({ at }) => [
        { ...without(at), asked: "yes" },
        { ...without(at), placed: "no" },
      ]),
    ...certificate.segments
      .filter(
        ({ overlap }) => referenceWave === truth.wave && overlap.some(({ figure }) => figure.kind !== "protected"),
      )
      .map(({ code }) => ({ segment: code, counted: "yes" })),
    ...release.inputs.flatMap(({ contributor, respondentsByWave }) =>
      respondentsByWave.filter(({ wave }) => wave === truth.wave).map(() => ({ contributor, counted: "yes" })),
    ),
  ];
  const people = Uint8Array.from(truth.counted, (_, row) => (holds?.[row] === 1 ? 0 : 1));
  const besides = ["counted", "placed", "asked", "contributor"];
  const tables = [
    [],
    ...besides.map((id) => [id]),
    ...variables.flatMap((id) => [[id], ...besides.map((other) => [id, other])]),
  ];
  return {
    k: release.policy.minimumPersons,
    dimensions,
    tables,
    apart: [],
    people,
    answered: answeredOf(told, { dimensions, people }),
  };
}
