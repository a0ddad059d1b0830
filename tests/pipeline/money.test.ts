import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Release } from "../../data/contracts/release.ts";
import { temporaryFolder } from "../command.ts";
import {
  critical,
  pull,
  readCsv,
  rounded,
  varianceOfUnits,
  type Weighed,
  weighedMean,
  weighedQuantile,
} from "./by-hand.ts";
import {
  background,
  codebook,
  csv,
  draws,
  figures,
  house,
  item,
  lifeEvent,
  type Row,
  type Survey,
  valueAt,
} from "./made-up.ts";

/**
 * Monthly incomes: some below nothing (a debt), some nothing, −1 where refused. Areas: two large ones, one of twenty-five,
 * one of fifteen, one of eight, and one where most live on the same benefit.
 */
const SIZES: Record<string, number> = { big: 160, city: 140, thirty: 25, fifteen: 15, eight: 8, benefit: 60 };
const BENEFIT = 1243;
const COLUMNS = [
  { column: "paino", use: "weight" },
  background("area", Object.keys(SIZES)),
  item("tulo", "material", { scale: "euros" }),
];
const SURVEY: Survey = { codebook: codebook("incomes", COLUMNS), rows: respondents() };

function respondents(): Row[] {
  const random = draws(7);
  return Object.entries(SIZES).flatMap(([area, count]) =>
    Array.from({ length: count }, (_, person): Row => {
      const income = Math.round(Math.exp(7.6 + 0.5 * random.normal()));
      const odd = area === "big" && person < 9 ? [-1, -1, -1, -1, -250, -40, 0, 0, 0][person] : undefined;
      const same = area === "benefit" && person >= 14 ? BENEFIT : undefined;
      return { paino: Number((0.5 + random.next()).toFixed(4)), area, tulo: odd ?? same ?? income };
    }),
  );
}

describe("money", () => {
  let folder: string;
  let release: Release;
  let unrounded: ReturnType<ReturnType<typeof house>["inspect"]>["unrounded"];
  beforeAll(() => {
    folder = temporaryFolder("money");
    const own = house(folder, "incomes");
    own.ingest(SURVEY);
    release = own.release(lifeEvent("incomes-event", "incomes", { variables: ["area"] }));
    unrounded = own.inspect(release.id).unrounded;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const lines = readCsv(csv(SURVEY));
  const amounts = (area: string | null): Weighed[] =>
    lines.flatMap((line) =>
      line.tulo !== "-1" && (area === null || line.area === area)
        ? [{ value: Number(line.tulo), weight: Number(line.paino) }]
        : [],
    );
  /** The answers at the ends of the interval of the share at or below the median (Woodruff). */
  const limitsOf = (persons: readonly Weighed[]) => {
    const median = weighedQuantile(persons, 0.5);
    const below = persons.map(({ value, weight }) => ({ value: Number(value <= median), weight }));
    const error = Math.sqrt(
      varianceOfUnits(
        below.map((person) => pull(person, below)),
        lines.length,
      ),
    );
    const reach = critical(persons.length - 1) * error;
    const at = (share: number) => (share > 0 && share < 1 ? weighedQuantile(persons, share) : null);
    return [at(weighedMean(below) - reach), at(weighedMean(below) + reach)] as const;
  };
  const beyond = (persons: readonly Weighed[], limit: number) =>
    Math.min(persons.filter(({ value }) => value < limit).length, persons.filter(({ value }) => value > limit).length);

  test("medians are the file's own to a hundred, and limits stand where ten persons lie beyond them", () => {
    const seen = { both: 0, neither: 0 };
    for (const area of [null, "big", "city", "thirty"]) {
      const persons = amounts(area);
      const shown = valueAt(release, `item.tulo/median?wave=2024${area ? `&area=${area}` : ""}`);
      const limits = limitsOf(persons).map((limit) =>
        limit !== null && beyond(persons, limit) >= 10 ? rounded(limit, -2) : null,
      );
      expect([area, shown.value, shown.low, shown.high]).toEqual([
        area,
        rounded(weighedQuantile(persons, 0.5), -2),
        ...limits,
      ]);
      if (!limits.includes(null)) seen.both++;
      if (limits.every((limit) => limit === null)) seen.neither++;
    }
    expect(seen).toEqual({ both: 3, neither: 1 });
  });

  test("are not told where fewer than ten stand on either side: small groups, and a group that mostly has one income", () => {
    for (const area of ["fifteen", "eight", "benefit"]) {
      expect(beyond(amounts(area), weighedQuantile(amounts(area), 0.5))).toBeLessThan(10);
      expect([area, figures(release).get(`item.tulo/median?wave=2024&area=${area}`)]).toEqual([
        area,
        { kind: "protected" },
      ]);
    }
    expect(weighedQuantile(amounts("benefit"), 0.5)).toBe(BENEFIT);
  });

  test("every median and every limit is a whole hundred", () => {
    for (const [key, figure] of figures(release))
      if (key.startsWith("item.tulo/median") && figure.kind === "value")
        for (const number of [figure.value, figure.low, figure.high])
          if (number !== null) expect([key, number % 100]).toEqual([key, 0]);
  });

  test("the mean counts doublings between the fifth and the ninety-fifth hundredth, and nothing below nothing", () => {
    const all = amounts(null);
    const [low, high] = [weighedQuantile(all, 0.05), weighedQuantile(all, 0.95)];
    const scored = (persons: readonly Weighed[]) =>
      persons.map(({ value, weight }) => ({
        weight,
        value: value <= 0 ? 0 : 100 * Math.min(1, Math.max(0, Math.log(value / low) / Math.log(high / low))),
      }));
    for (const area of [null, "big", "city"]) {
      const key = `item.tulo/mean?wave=2024${area ? `&area=${area}` : ""}`;
      expect([key, unrounded(key).value]).toEqual([key, expect.closeTo(weighedMean(scored(amounts(area))), 9)]);
    }
    // Four refused: they are not among those who answered. Without a dimension they are in no figure, and too few to be told.
    expect(unrounded("item.tulo/mean?wave=2024").n).toBe(lines.length - 4);
    expect(figures(release).get("missing.tulo.refused/percent?wave=2024")).toEqual({ kind: "few" });
  });

  test("stands in tables of one variable alone, whatever tables there are", () => {
    const crossed = release.cells.filter(({ statistic, at }) => statistic === "median" && Object.keys(at).length > 2);
    expect(crossed).toEqual([]);
  });
});
