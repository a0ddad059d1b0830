import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Release } from "../../data/contracts/release.ts";
import { temporaryFolder } from "../command.ts";
import { answer, background, codebook, draws, house, lifeEvent, names, pairs, type Row } from "../pipeline/made-up.ts";
import { tally } from "./tally.ts";

/** Attack 19 of METHOD §7.8: people who came to a service month by month, few of them in small places. */
const K = 10;
const AREAS = ["large", "small", "tiny"];
const MONTHS = Array.from(
  { length: 36 },
  (_, step) => `${2022 + Math.floor(step / 12)}-${String((step % 12) + 1).padStart(2, "0")}`,
);
const random = draws(19);
const MEANS: Record<string, number> = { large: 60, small: 9, tiny: 2 };
const visits: Row[] = MONTHS.flatMap((month) =>
  AREAS.map((area) => ({
    ...{ month, area },
    people: Math.max(0, Math.round((MEANS[area] as number) + Math.sqrt(MEANS[area] as number) * random.normal())),
  })),
);
const { counted, print } = tally("months of a made-up register");

let folder: string;
let release: Release;
beforeAll(() => {
  folder = temporaryFolder("attack-series");
  const own = house(folder, "visits");
  const respondents = Array.from({ length: 330 }, (): Row => {
    const near = () => answer(6 + 2 * random.normal());
    return { area: AREAS[random.below(3)]!, health_a: near(), health_b: near(), social_a: near(), social_b: near() };
  });
  const survey = codebook("visits-survey", [background("area", AREAS), ...pairs(["health", "social"])]);
  own.ingest({ codebook: survey, rows: respondents });
  const columns = [
    { column: "month", use: "month" },
    background("area", AREAS),
    { column: "people", use: "count", id: "visitors", name: names("visitors"), counts: "flow" },
  ];
  own.ingest({ codebook: codebook("visits", columns, { kind: "register-counts" }), rows: visits }, "visits.csv");
  release = own.release(
    lifeEvent("visits-event", "visits-survey", {
      variables: ["area"],
      sources: [
        { codebook: "visits-survey", role: "survey" },
        { codebook: "visits", role: "series" },
      ],
    }),
  );
}, 120_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  print();
});

/** The months of a code: itself, of a quarter three, of a year twelve. */
const monthsOf = (code: string) =>
  code.includes("Q")
    ? [1, 2, 3].map((place) => `${code.slice(0, 4)}-${String(3 * (Number(code.at(-1)) - 1) + place).padStart(2, "0")}`)
    : code.length === 4
      ? MONTHS.filter((month) => month.startsWith(code))
      : [code];

test("attack 19: first case, short buckets, a quarter or year less its months, everyone less the other places: ten people or nobody", () => {
  // The attacker knows the exact number of every cell that shows one. Unknowns: people of each month and place.
  const known = release.cells.flatMap(({ measure, at, figure }) =>
    measure === "series.visitors" && figure.kind === "value"
      ? [{ name: JSON.stringify(at), rows: rowsOf(at.month as string, at.area as string | undefined) }]
      : [],
  );
  expect(known.length).toBeGreaterThan(40);
  const people = (rows: readonly number[]) => rows.reduce((sum, row) => sum + Number(visits[row]!.people), 0);
  const leaks: string[] = [];
  const look = (how: string, rows: readonly number[]) => {
    const size = people(rows);
    if (rows.length > 0 && size > 0 && size < K) leaks.push(`${how} = ${size}`);
  };
  for (const { name, rows } of known) look(name, rows);
  // Of every cell all the cells within it of one kind are taken: months of a quarter, places of everyone, and both after each other.
  for (const whole of known) {
    const inside = known.filter(
      ({ rows }) => rows.length < whole.rows.length && rows.every((row) => whole.rows.includes(row)),
    );
    for (const part of inside)
      look(
        `${whole.name} − ${part.name}`,
        whole.rows.filter((row) => !part.rows.includes(row)),
      );
    let rest = whole.rows;
    for (const part of [...inside].sort((one, other) => other.rows.length - one.rows.length))
      if (part.rows.every((row) => rest.includes(row))) {
        rest = rest.filter((row) => !part.rows.includes(row));
        look(`${whole.name} − all its parts`, rest);
      }
  }
  const threshold = visits.filter(({ people: own }) => Number(own) > 0 && Number(own) < K).length;
  counted("19", "visitors by month and place", threshold, [...new Set(leaks)]);
  expect(threshold).toBeGreaterThan(40);
  expect(leaks).toEqual([]);
});

function rowsOf(month: string, area: string | undefined): number[] {
  const months = new Set(monthsOf(month));
  return visits.flatMap((row, place) =>
    months.has(row.month as string) && (area === undefined || row.area === area) ? [place] : [],
  );
}
