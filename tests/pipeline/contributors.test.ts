import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { command, done, temporaryFolder } from "../command.ts";
import { threeKinds } from "./kinds-of-people.ts";
import { background, codebook, draws, house, lifeEvent, pairs, type Row, SIX } from "./made-up.ts";

/** Three contributors of one wave; the third is small in one area. */
const random = draws(61);
const AREAS = ["e", "n", "s", "w"];
const ROWS = threeKinds(61, 480).survey.rows.map((row, place): Row => {
  const antaja = place % 8 === 0 ? "cc" : place % 2 === 0 ? "aa" : "bb";
  return { ...row, antaja, area: AREAS[Math.floor(4 * random.next() ** 2)] as string };
});
const COLUMNS = [{ column: "antaja", use: "contributor" }, background("area", AREAS), ...pairs(SIX)];
const SLOW = 120_000;

type Audit = { clean: boolean; attacks: { view: string; kind: string; looked: number; thresholdOnly: number }[] };

let folder: string;
beforeAll(() => {
  folder = temporaryFolder("contributors");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A release of those rows, by a codebook and a life event with something of their own, and its audit. */
function released(id: string, ofCodebook: Record<string, unknown>, ofEvent: Record<string, unknown>) {
  const own = house(folder, id);
  own.ingest({ codebook: codebook(id, COLUMNS, ofCodebook), rows: ROWS });
  const event = lifeEvent(`${id}-event`, id, { variables: ["area"], tables: [["segment", "area"]], ...ofEvent });
  const release = own.release(event);
  return { release, audit: done("audit", "--home", own.home, "--release", release.id) as never as Audit };
}
const viewsOf = ({ attacks }: Audit) => [...new Set(attacks.map(({ view }) => view))];
const shownBelow = (release: ReturnType<typeof released>["release"], fewest: number) =>
  release.cells.flatMap(({ figure }) =>
    figure.kind === "value" && figure.n !== null && figure.n < fewest ? [figure.n] : [],
  );

describe("a contributor that shows nobody of fewer than fifteen", () => {
  test(
    "wins over the house's ten, for the whole release",
    () => {
      const { release, audit } = released("fifteen", { minimumPersons: 15 }, {});
      expect(release.policy.minimumPersons).toBe(15);
      expect(shownBelow(release, 15)).toEqual([]);
      expect(audit.clean).toBe(true);
    },
    SLOW,
  );

  test("may not ask for fewer than five, and four is refused by name", () => {
    const check = (minimumPersons: number) => {
      const file = join(folder, `minimum-${minimumPersons}.json`);
      writeFileSync(file, JSON.stringify(codebook("minimum", COLUMNS, { minimumPersons })));
      return command("codebook", "check", file);
    };
    expect(check(5).code).toBe(0);
    const { code, document } = check(4);
    expect([code, document.ok, JSON.stringify(document.problems).includes("minimumPersons")]).toEqual([1, false, true]);
  });
});

describe("who subtracts rows of its own", () => {
  test(
    "each of three contributors is a view of the audit, and five is no less than the house's ten",
    () => {
      const { release, audit } = released("three", { minimumPersons: 5 }, {});
      expect([release.policy.minimumPersons, release.audit?.contributors]).toEqual([10, 3]);
      expect(viewsOf(audit)).toEqual(["outsider", "aa", "bb", "cc"]);
      expect([audit.clean, shownBelow(release, 10)]).toEqual([true, []]);
    },
    SLOW,
  );

  test(
    "two that share their rows are one more view, and the release says so",
    () => {
      const coalitions = [{ id: "shared-desk", contributors: ["bb", "aa"] }];
      const { release, audit } = released("coalition", {}, { coalitions });
      expect(viewsOf(audit)).toEqual(["outsider", "aa", "bb", "cc", "shared-desk"]);
      expect(release.policy.coalitions).toEqual([["aa", "bb"]]);
      expect(audit.clean).toBe(true);
      // Sixty persons of cc are all that the two do not hold: a threshold alone would tell them of groups of those.
      const told = audit.attacks.filter(({ view }) => view === "shared-desk");
      expect(told.reduce((sum, { looked }) => sum + looked, 0)).toBeGreaterThan(0);
      expect(told.reduce((sum, { thresholdOnly }) => sum + thresholdOnly, 0)).toBeGreaterThan(0);
    },
    SLOW,
  );
});
