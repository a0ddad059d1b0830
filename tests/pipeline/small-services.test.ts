import { rmSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { cellKey } from "../../data/contracts/cell-key.ts";
import { temporaryFolder } from "../command.ts";
import { rounded } from "./by-hand.ts";
import { answer, background, codebook, draws, figures, house, lifeEvent, names, pairs, type Row } from "./made-up.ts";

const folder = temporaryFolder("small-services");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SERVICES = ["library", "chaplain", "debt-advice"];
const column = (service: string, question: string) => ({
  ...{ column: `${service}_${question}`, use: "service", service, question },
  ...(question === "experience"
    ? { scale: "ten" }
    : { values: { "1": 1, "2": 0 }, missing: [{ code: "9", reason: "dont_know" }] }),
});

const rows = ((): Row[] => {
  const random = draws(31);
  return Array.from({ length: 500 }, () => {
    const height = 6 + 2 * random.normal();
    const near = () => answer(height + random.normal());
    const used = SERVICES.map((_, place) =>
      random.next() < 0.05 ? 9 : random.next() < [0.6, 0.4, 0.3][place]! ? 1 : 2,
    );
    return Object.assign(
      { area: random.below(2) ? "s" : "n", health_a: near(), health_b: near(), social_a: near(), social_b: near() },
      ...SERVICES.map((service, place) => ({
        [`${service}_used`]: used[place],
        [`${service}_need-met`]: used[place] === 1 ? (random.next() < 0.6 ? 1 : 2) : "",
        [`${service}_experience`]: used[place] === 1 ? random.below(11) : "",
      })),
    ) as Row;
  });
})();

const COLUMNS = [
  background("area", ["n", "s"]),
  ...pairs(["health", "social"]),
  ...SERVICES.flatMap((service) => ["used", "need-met", "experience"].map((question) => column(service, question))),
];

function releaseWith(staff: Record<string, number>, name: string) {
  const own = house(folder, name);
  own.ingest({ codebook: codebook(name, COLUMNS), rows });
  return own.release(
    lifeEvent(`${name}-event`, name, {
      variables: ["area"],
      services: SERVICES.map((id) => ({
        id,
        name: names(`name of ${id}`),
        organisation: `of-${id}`,
        ...(staff[id] && { staff: staff[id] }),
      })),
    }),
  );
}

test("two services of two and three members of staff are told of as one, and neither by itself", () => {
  const release = releaseWith({ library: 5, chaplain: 2, "debt-advice": 3 }, "pooled");
  const measures = [...new Set(release.cells.map(({ measure }) => measure))].filter((id) => id.startsWith("service."));
  expect(measures.sort()).toEqual(
    ["library", "small-services"].flatMap((id) =>
      ["experience", "need-met", "used"].map((question) => `service.${id}.${question}`),
    ),
  );
  const shown = (question: string, statistic: "percent" | "mean") =>
    figures(release).get(cellKey(`service.small-services.${question}`, statistic, { wave: "2024" }));
  const used = (row: Row) => {
    const told = ["chaplain", "debt-advice"].map((service) => row[`${service}_used`]);
    return told.includes(1) ? 1 : told.includes(9) ? null : 0;
  };
  const asked = rows.filter((row) => used(row) !== null);
  const users = rows.filter((row) => used(row) === 1);
  expect(shown("used", "percent")).toMatchObject({
    kind: "value",
    value: rounded((100 * users.length) / asked.length),
  });
  const of = (row: Row, question: string) =>
    ["chaplain", "debt-advice"].flatMap((service) =>
      row[`${service}_used`] === 1 ? [Number(row[`${service}_${question}`])] : [],
    );
  const met = users.filter((row) => of(row, "need-met").every((own) => own === 1)).length;
  expect(shown("need-met", "percent")).toMatchObject({ kind: "value", value: rounded((100 * met) / users.length) });
  const mean = (list: number[]) => list.reduce((sum, own) => sum + own, 0) / list.length;
  const experience = mean(users.map((row) => 10 * mean(of(row, "experience"))));
  expect(shown("experience", "mean")).toMatchObject({ kind: "value", value: rounded(experience, 1) });
  const told = JSON.stringify(release);
  expect([told.includes("chaplain.") || told.includes('"chaplain"'), told.includes("staff")]).toEqual([false, false]);
  const pooled = release.lifeEvent.services.find(({ id }) => id === "small-services");
  expect(pooled?.name.en).toContain("name of chaplain, name of debt-advice");
}, 120_000);

test("one service of four members of staff, and no other as small, is told of nowhere", () => {
  const release = releaseWith({ chaplain: 4 }, "alone");
  const measures = new Set(release.cells.map(({ measure }) => measure.split(".").slice(0, 2).join(".")));
  expect([...measures].filter((id) => id.startsWith("service")).sort()).toEqual([
    "service.debt-advice",
    "service.library",
  ]);
  expect(JSON.stringify(release)).not.toContain("chaplain");
}, 120_000);
