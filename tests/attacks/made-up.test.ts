import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cellKey } from "../../data/contracts/cell-key.ts";
import type { Release } from "../../data/contracts/release.ts";
import { temporaryFolder } from "../command.ts";
import {
  background,
  type Column,
  codebook,
  draws,
  figures,
  house,
  item,
  lifeEvent,
  names,
  pairs,
  type Row,
  type Survey,
} from "../pipeline/made-up.ts";

import { twoDimensions } from "./made-up-people.ts";

/** Attacks of METHOD §7.8 on surveys of our own, whose every person is known because they were put there. */
let folder: string;
beforeAll(() => {
  folder = temporaryFolder("attacked");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const service = (id: string, question: "used" | "need-met"): Column => ({
  column: `${id}_${question}`,
  use: "service",
  service: id,
  question,
  values: { yes: 1, no: 0 },
  missing: [{ code: "none", reason: "not_applicable" }],
});
const codes = (sizes: Record<string, number>) =>
  Object.entries(sizes).flatMap(([code, size]) => new Array<string>(size).fill(code));

describe("attacks 09 10 11: groups of just k, answers of just three, one rich person", () => {
  const PERSONS = 600;
  const random = draws(7);
  const shuffled = (list: string[]) =>
    list
      .map((code) => ({ code, at: random.next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ code }) => code);
  const backgrounds = {
    nine: shuffled(codes({ x: 9, y: 290, z: 301 })),
    ten: shuffled(codes({ x: 10, y: 290, z: 300 })),
    eleven: shuffled(codes({ x: 11, y: 290, z: 299 })),
    rich: codes({ over: 60, most: 240, others: 300 }),
    less: codes({ others: 300, most: 240, under: 60 }),
  };
  const steps = [0, 1, 2, 3] as const;
  const columns = [
    ...Object.keys(backgrounds).map((id) =>
      background(id, [...new Set(backgrounds[id as keyof typeof backgrounds])].sort()),
    ),
    ...pairs(["health", "social"]),
    ...steps.map((differ) => item(`but${differ}`, "activities")),
    ...steps.map((differ) => item(`top${differ}`, "voice")),
    item("income", "material", { scale: "euros" }),
    ...steps.flatMap((met) => [service(`met${met}`, "used"), service(`met${met}`, "need-met")]),
  ];
  const rows = Array.from({ length: PERSONS }, (_, person): Row => {
    const row: Row = Object.fromEntries(Object.entries(backgrounds).map(([id, list]) => [id, list[person] as string]));
    Object.assign(row, twoDimensions(random));
    for (const differ of steps) {
      row[`but${differ}`] = person < differ ? 9 : 5;
      row[`top${differ}`] = person < differ ? 4 : 10;
    }
    row.income = 1500 + random.below(1000);
    for (const met of steps) {
      row[`met${met}_used`] = person < 100 ? "yes" : "no";
      row[`met${met}_need-met`] = person >= 100 ? "none" : person < met ? "yes" : "no";
    }
    return row;
  });
  // One person has ten times what all but the two richest have together, and ten euros more, or less: nine tenths of all.
  for (const [code, more] of [
    ["over", 10],
    ["under", -10],
  ] as const) {
    const group = rows.filter(({ rich, less }) => [rich, less].includes(code));
    const [, ...others] = group.map(({ income }) => Number(income)).sort((a, b) => b - a) as [number, number];
    const [first] = [...group].sort((a, b) => Number(b.income) - Number(a.income)) as [Row];
    first.income = 10 * (others.reduce((sum, income) => sum + income, 0) - others[0]) + more;
  }
  const survey: Survey = { codebook: codebook("bounds", columns), rows };
  const event = lifeEvent("bounds-event", "bounds", {
    variables: Object.keys(backgrounds),
    services: steps.map((met) => ({ id: `met${met}`, name: names(`met${met}`), organisation: "town" })),
  });
  let release: Release;
  const kindOf = (key: string) => figures(release).get(key)?.kind;
  beforeAll(() => {
    const own = house(folder, "bounds");
    own.ingest(survey);
    release = own.release(event);
  }, 120_000);

  test("attack 09: small universe: of groups of nine, ten and eleven the nine are not there, and nor is what would tell of them", () => {
    const count = (variable: string, code: string) =>
      figures(release).get(`persons/count?wave=2024&${variable}=${code}`);
    expect(count("nine", "x")).toEqual({ kind: "protected" });
    expect([count("nine", "y")?.kind, count("nine", "z")?.kind].sort()).toEqual(["protected", "value"]);
    expect(count("ten", "x")).toMatchObject({ kind: "value", value: 10, n: 10 });
    expect(count("eleven", "x")).toMatchObject({ kind: "value", value: 10, n: 10 });
    for (const code of ["y", "z"])
      expect([count("ten", code)?.kind, count("eleven", code)?.kind]).toEqual(["value", "value"]);
  });

  test("attack 10: all alike, or all but one or two: words or nothing, three and more are a number", () => {
    expect(steps.map((differ) => kindOf(`item.top${differ}/mean?wave=2024`))).toEqual([
      "most",
      "most",
      "most",
      "value",
    ]);
    expect(steps.map((differ) => kindOf(`item.but${differ}/mean?wave=2024`))).toEqual([
      "protected",
      "protected",
      "protected",
      "value",
    ]);
    expect(steps.map((met) => kindOf(`service.met${met}.need-met/percent?wave=2024`))).toEqual([
      "few",
      "few",
      "few",
      "value",
    ]);
  });

  test("attack 11: dominance: of a group of which one person has nine tenths the money is not told, to the euro of the rule", () => {
    const share = (code: string) => {
      const incomes = rows.filter(({ rich, less }) => [rich, less].includes(code)).map(({ income }) => Number(income));
      return Math.max(...incomes) / incomes.reduce((sum, income) => sum + income, 0);
    };
    expect([share("over"), share("under")].every((one) => one > 0.9)).toBe(true);
    expect(kindOf("item.income/median?wave=2024&rich=over")).toBe("protected");
    expect(kindOf("item.income/median?wave=2024&less=under")).toBe("value");
  });

  test("attack 12: no limit of a median stands where fewer than ten persons lie beyond it, and no number is a person's own", () => {
    const incomes = rows.map(({ income }) => Number(income));
    let looked = 0;
    for (const { measure, statistic, at, figure } of release.cells) {
      if (measure !== "item.income" || statistic !== "median" || figure.kind !== "value") continue;
      if ("band" in at || "troubles" in at) continue;
      const own = rows
        .filter((row) => Object.entries(at).every(([id, code]) => id === "wave" || row[id] === code))
        .map(({ income }) => Number(income));
      for (const number of [figure.value, figure.low, figure.high]) {
        if (number === null) continue;
        expect(number % 100).toBe(0);
        expect(own.filter((income) => income < number + 50).length).toBeGreaterThanOrEqual(10);
        expect(own.filter((income) => income > number - 50).length).toBeGreaterThanOrEqual(10);
        looked++;
      }
    }
    expect(looked).toBeGreaterThan(5);
    const [least, greatest] = [Math.min(...incomes), Math.max(...incomes)];
    const all = JSON.stringify(release);
    for (const extreme of [least, greatest]) expect(all.includes(String(extreme))).toBe(false);
  });

  test("attack 13: a protected cell refuses with one text, whichever measure", () => {
    const texts = new Set(
      release.cells.filter(({ figure }) => figure.kind === "protected").map(({ figure }) => JSON.stringify(figure)),
    );
    expect([...texts]).toEqual(['{"kind":"protected"}']);
    expect([...new Set(release.measures.map(({ id }) => id.split(".")[0]))].sort()).toEqual([
      "dimension",
      "item",
      "link",
      "low",
      "persons",
      "service",
      "unclassifiable",
    ]);
  });
});

describe("attacks 08 09: an organisation of few", () => {
  const survey = (few: number): Survey => {
    const random = draws(few);
    const columns = [
      { column: "org", use: "contributor" },
      background("gender", ["f", "m"]),
      background("area", ["e", "n", "s", "w"]),
      ...pairs(["health", "social"]),
    ];
    const rows = Array.from({ length: 400 + few }, (_, person): Row => {
      const row: Row = {
        org: person < few ? "small" : "big",
        gender: random.below(2) ? "f" : "m",
        area: ["e", "n", "s", "w"][random.below(4)] as string,
      };
      return Object.assign(row, twoDimensions(random));
    });
    return { codebook: codebook(`org-${few}`, columns), rows };
  };
  const event = (few: number) => lifeEvent(`org-event-${few}`, `org-${few}`, { variables: ["gender", "area"] });

  test("attacks 08 09: twelve persons of one organisation: no cell is answered of whom the other can tell fewer than ten of them", () => {
    const own = house(folder, "twelve");
    const told = survey(12);
    own.ingest(told);
    const release = own.release(event(12));
    const small = (at: Record<string, string>) =>
      told.rows
        .slice(0, 12)
        .filter((row) => ["gender", "area"].every((id) => at[id] === undefined || row[id] === at[id])).length;
    const answered = release.cells.filter(
      ({ figure: { kind }, at }) => kind !== "protected" && at.band === undefined && at.troubles === undefined,
    );
    expect(answered.length).toBeGreaterThan(3);
    for (const { measure, at, statistic } of answered) {
      const others = small(at);
      expect([cellKey(measure, statistic, at), others === 0 || others >= 10]).toEqual([
        cellKey(measure, statistic, at),
        true,
      ]);
    }
  }, 120_000);

  test("attack 09: nine persons of one organisation count nowhere: every number of persons is of the other's alone", () => {
    const own = house(folder, "nine");
    own.ingest(survey(9));
    const release = own.release(event(9));
    const wave = { wave: "2024" };
    expect(figures(release).get(cellKey("persons", "count", wave))).toMatchObject({
      kind: "value",
      value: 400,
      n: 400,
    });
    const more = release.cells.filter(({ figure }) => figure.kind === "value" && figure.n !== null && figure.n > 400);
    expect(more).toEqual([]);
    // Beside the cells: whoever holds the four hundred takes them from a number of all.
    const counted = [
      ...release.inputs.flatMap(({ respondents, respondentsByWave }) => [
        ...(respondents === null ? [] : [{ what: "respondents", n: respondents }]),
        ...respondentsByWave.map((one) => ({ what: "respondents of a wave", n: one.respondents })),
      ]),
      ...release.reliability.map(({ dimension, n }) => ({ what: `complete answers of ${dimension}`, n: n ?? 0 })),
    ];
    const told = counted.filter(({ n }) => n > 400 && n < 410).map(({ what, n }) => `${what}: ${n}`);
    const rounded = counted
      .filter(({ what, n }) => what.startsWith("complete") && n > 400)
      .map(({ what, n }) => `${what}: ${n}`);
    expect([...new Set([...told, ...rounded])]).toEqual([]);
  }, 120_000);
});
