import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder, tree } from "../command.ts";
import { answer, codebook, draws, house, item, lifeEvent, pairs, type Row } from "./made-up.ts";

/** Three questions of health, one of which was coded the wrong way round; two of social life that are as they should be. */
const COLUMNS = [...["health_a", "health_b", "health_c"].map((column) => item(column, "health")), ...pairs(["social"])];
const EVENT = lifeEvent("opposed-event", "opposed");

function respondents(): Row[] {
  const random = draws(10);
  return Array.from({ length: 160 }, (): Row => {
    const level = 5 + 2 * random.normal();
    const near = () => answer(level + 0.7 * random.normal());
    return { health_a: near(), health_b: near(), health_c: 10 - near(), social_a: near(), social_b: near() };
  });
}

describe("items that run against each other", () => {
  let folder: string;
  beforeAll(() => {
    folder = temporaryFolder("opposed");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("are refused with the dimension and the item, and nothing is written", () => {
    const own = house(folder, "opposed");
    own.ingest({ codebook: codebook("opposed", COLUMNS), rows: respondents() });
    const before = tree(own.home);
    const { code, document } = own.tryRelease(EVENT);
    expect([code, document.problems?.map((problem) => problem.code)]).toEqual([1, ["items-opposed"]]);
    const { message = "", todo = "" } = document.problems?.[0] ?? {};
    expect(message).toMatch(/\bhealth\b/);
    expect(message).toContain("health-c");
    expect(message).not.toMatch(/health-a|health-b|social/);
    expect(todo.length).toBeGreaterThan(10);
    expect(tree(own.home)).toEqual(before);
  });

  test("turned the right way round, or declared formative, they make a release that tells which", () => {
    const turned = COLUMNS.map((column) => (column.column === "health_c" ? { ...column, direction: "-" } : column));
    const healthOf = (columns: typeof COLUMNS, more: object) => {
      const own = house(folder, `made-${Object.keys(more).length}`);
      own.ingest({ codebook: codebook("opposed", columns, { ...more }), rows: respondents() });
      return own.release(EVENT).reliability.find(({ dimension }) => dimension === "health");
    };
    expect(healthOf(turned, {})).toMatchObject({ opposed: false, formative: false, reading: "good" });
    const formative = healthOf(COLUMNS, { formative: ["health"] });
    expect(formative).toMatchObject({ opposed: true, formative: true, alpha: null });
    expect(formative?.items.find(({ measure }) => measure === "item.health-c")?.itemRest).toBeLessThan(-0.5);
  });
});
