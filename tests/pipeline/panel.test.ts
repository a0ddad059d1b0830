import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Release } from "../../data/contracts/release.ts";
import { temporaryFolder, tree } from "../command.ts";
import {
  critical,
  type Line,
  pull,
  readCsv,
  rounded,
  scoreOfItems,
  varianceOfUnits,
  type Weighed,
  weighedMean,
} from "./by-hand.ts";
import {
  answer,
  background,
  codebook,
  csv,
  draws,
  house,
  lifeEvent,
  pairs,
  type Row,
  type Survey,
  valueAt,
} from "./made-up.ts";

/** Three hundred persons in each of two waves, 240 of them in both, who answer much as they did before. */
const COLUMNS = [
  { column: "vuosi", use: "wave" },
  { column: "tunnus", use: "person" },
  { column: "paino", use: "weight" },
  background("area", ["n", "s"]),
  ...pairs(["health", "social"]),
];
const SURVEY: Survey = { codebook: codebook("followed", COLUMNS), rows: respondents() };
const EVENT = lifeEvent("followed-event", "followed", { variables: ["area"] });

function respondents(): Row[] {
  const random = draws(9);
  return Array.from({ length: 360 }, (_, person) => {
    const area = random.below(3) ? "s" : "n";
    const [health, social] = [6 + 2 * random.normal(), 6 + 2 * random.normal()];
    return ["2024", "2025"].flatMap((vuosi, wave): Row[] => {
      if (person >= 240 && person % 2 !== wave) return [];
      const near = (height: number) => answer(height + 0.6 * wave + 0.8 * random.normal());
      const row = { vuosi, tunnus: `kissa-${person}-koira`, paino: Number((0.5 + random.next()).toFixed(4)), area };
      return [
        { ...row, health_a: near(health), health_b: near(health), social_a: near(social), social_b: near(social) },
      ];
    });
  }).flat();
}

let folder: string;
beforeAll(() => {
  folder = temporaryFolder("panel");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("people who answered twice", () => {
  const text = csv(SURVEY);
  const lines = readCsv(text);
  let own: ReturnType<typeof house>;
  let release: Release;
  let steward: ReturnType<ReturnType<typeof house>["inspect"]>;
  /** The steward's groups by the line of the file. */
  const groupOf = (line: Line, grouping: string) =>
    steward.labels.find((label) => Number(label.line) === lines.indexOf(line) + 2)?.[grouping];
  beforeAll(() => {
    own = house(folder, "followed");
    own.ingest(SURVEY);
    release = own.release(EVENT);
    steward = own.inspect(release.id);
  });

  const inWave = (wave: string) => lines.filter(({ vuosi }) => vuosi === wave);
  const both = inWave("2024").flatMap((before) => {
    const after = inWave("2025").find(({ tunnus }) => tunnus === before.tunnus);
    return after ? [{ before, after }] : [];
  });

  test("where they moved is the file's own count, and moves of fewer than ten are told of none", () => {
    expect(both.length).toBe(240);
    let [shown, hidden] = [0, 0];
    const { flows } = release.segmentation;
    const isTold = (variable: string, from: string, to: string | null) =>
      flows.find((flow) => flow.variable === variable && flow.from.code === from && flow.to.code === to)?.figure
        .kind === "value";
    for (const { variable, from, to, figure } of flows) {
      const leaving = both.filter(({ before }) => groupOf(before, variable) === from.code);
      // Moves to no group: all those of which none is shown by itself.
      const going = leaving.filter(({ after }) => {
        const group = groupOf(after, variable) as string;
        return to.code === null ? !isTold(variable, from.code, group) : group === to.code;
      });
      const weight = (list: typeof both) => list.reduce((sum, { before }) => sum + Number(before.paino), 0);
      const place = [variable, from.code, to.code, going.length];
      if (going.length < 10) expect([place, figure]).toEqual([place, { kind: "protected" }]);
      else if (figure.kind === "value")
        expect([place, figure.value]).toEqual([place, rounded((100 * weight(going)) / weight(leaving))]);
      else expect([place, figure.kind]).toEqual([place, "protected"]);
      if (figure.kind === "value") shown++;
      else hidden++;
    }
    expect([shown > 5, hidden > 5]).toEqual([true, true]);
    expect(flows.filter(({ to, figure }) => to.code === null && figure.kind === "value").length).toBeGreaterThan(2);
    expect(new Set(release.segmentation.flows.map(({ variable }) => variable))).toEqual(new Set(["band", "troubles"]));
  });

  /** What each person, in one wave or both, adds to the later mean less the earlier: the sampling units of the change. */
  const changeOf = (numberOf: (line: Line) => number | null, counts: (line: Line) => boolean) => {
    const weighed = (wave: string) =>
      inWave(wave).flatMap((line): (Weighed & { tunnus: string })[] => {
        const value = counts(line) ? numberOf(line) : null;
        return value === null ? [] : [{ value, weight: Number(line.paino), tunnus: line.tunnus as string }];
      });
    const [before, after] = [weighed("2024"), weighed("2025")];
    const pulls = new Map<string, number>();
    for (const [persons, sign] of [
      [before, -1],
      [after, 1],
    ] as const)
      for (const person of persons)
        pulls.set(person.tunnus, (pulls.get(person.tunnus) ?? 0) + sign * pull(person, persons));
    const everyone = new Set(lines.map(({ tunnus }) => tunnus)).size;
    const apart = (persons: Weighed[], of: number) =>
      varianceOfUnits(
        persons.map((one) => pull(one, persons)),
        of,
      );
    const [ofBefore, ofAfter] = [apart(before, everyone), apart(after, everyone)];
    const variance = varianceOfUnits([...pulls.values()], everyone);
    return {
      difference: weighedMean(after) - weighedMean(before),
      error: Math.sqrt(variance),
      asIfApart: Math.sqrt(apart(before, inWave("2024").length) + apart(after, inWave("2025").length)),
      correlation: (ofBefore + ofAfter - variance) / (2 * Math.sqrt(ofBefore * ofAfter)),
      degreesOfFreedom: pulls.size - 2,
    };
  };
  const previous = (key: string) => valueAt(release, key).versus.find(({ against }) => against === "previous-wave");

  test("changes of means take the person as the unit: the interval is narrower than of two samples", () => {
    for (const [at, counts] of [
      ["", () => true],
      ["&area=s", ({ area }: Line) => area === "s"],
    ] as const) {
      const change = changeOf((line) => scoreOfItems(line, ["health_a", "health_b"]), counts);
      const reach = critical(change.degreesOfFreedom) * change.error;
      expect(change.error).toBeLessThan(0.75 * change.asIfApart);
      expect(previous(`dimension.health/mean?wave=2025${at}`)).toEqual({
        against: "previous-wave",
        difference: rounded(change.difference, 1),
        low: rounded(change.difference - reach, 1),
        high: rounded(change.difference + reach, 1),
        settled: true,
      });
    }
  });

  test("changes of shares likewise, by the limits of both shares and their correlation", () => {
    const correlations: number[] = [];
    for (const [measure, numberOf] of [
      [
        "low.health/percent?wave=WAVE",
        (line: Line) => Number((scoreOfItems(line, ["health_a", "health_b"]) as number) < 40),
      ],
      ...["1", "3", "5"].map(
        (band) =>
          [`persons/percent?wave=WAVE&band=${band}`, (line: Line) => Number(groupOf(line, "band") === band)] as const,
      ),
    ] as const) {
      const [now, then] = ["2025", "2024"].map((wave) => steward.unrounded(measure.replace("WAVE", wave)));
      const change = changeOf(numberOf, () => true);
      const against = previous(measure.replace("WAVE", "2025"));
      if (!now || !then || !against) throw new Error(`${measure} is not compared`);
      const value = (cell: typeof now, part: "value" | "low" | "high") => cell[part] as number;
      const reach = (one: number, other: number) =>
        Math.sqrt(one ** 2 - 2 * change.correlation * one * other + other ** 2);
      const down = reach(value(now, "value") - value(now, "low"), value(then, "high") - value(then, "value"));
      const up = reach(value(now, "high") - value(now, "value"), value(then, "value") - value(then, "low"));
      expect([measure, against.difference, against.low, against.high]).toEqual([
        measure,
        rounded(100 * change.difference),
        rounded(100 * (change.difference - down)),
        rounded(100 * (change.difference + up)),
      ]);
      correlations.push(change.correlation);
    }
    // Taken as two samples they would be 0, and the intervals others.
    expect(correlations.filter((correlation) => correlation > 0.4).length).toBe(3);
  });

  test("are known to nobody: no id in any published byte, nor in what the steward keeps of a release", () => {
    const files = ["published", "vault/releases"].flatMap((part) =>
      readdirSync(join(own.home, part), { recursive: true, encoding: "utf8", withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    );
    expect(files.length).toBeGreaterThan(5);
    for (const path of files) expect([path, /kissa|koira/.test(readFileSync(path, "latin1"))]).toEqual([path, false]);
  });

  test("another home with another key, the rows in another order: the same bytes", () => {
    const other = house(folder, "other-key");
    const turned = draws(99);
    const rows = SURVEY.rows.map((row) => ({ row, at: turned.next() })).sort((left, right) => left.at - right.at);
    other.ingest({ ...SURVEY, rows: rows.map(({ row }) => row) });
    const made = other.release(EVENT, "--threads", "1");
    expect(made.id).toBe(release.id);
    expect(tree(join(other.home, "published", made.id))).toEqual(tree(join(own.home, "published", release.id)));
    const key = (home: string) => readFileSync(join(home, "vault", "keys", "person"), "hex" as BufferEncoding);
    expect(key(other.home)).not.toBe(key(own.home));
  });
});

describe("two contributors that each number their own people from one", () => {
  test("are not one panel: a release is made, or refused by name", () => {
    const own = house(folder, "numbered");
    const waves = SURVEY.rows.map((row) => ({ ...row, tunnus: String(row.tunnus).replace(/\D/g, "") }));
    for (const contributor of ["town", "village"])
      own.ingest({ codebook: codebook("followed", COLUMNS, { contributor }), rows: waves });
    const { code, document } = own.tryRelease(EVENT);
    expect(document.problems?.map((problem) => problem.code) ?? []).not.toContain("unexpected");
    expect(code === 0 || (document.problems?.length ?? 0) > 0).toBe(true);
  });
});
