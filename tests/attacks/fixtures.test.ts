import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { afterAll, describe, expect, test } from "vitest";
import { auditUniverse, isClean } from "../../server/disclosure/audit/audit.ts";
import { countAtoms, prepareUniverse } from "../../server/disclosure/universe.ts";
import { SHARED } from "../command.ts";
import { asCells, type Cell, cellsOf, type Records, tablesOf } from "../disclosure/audited.ts";
import { combineTables, leaveOut, subtractNested, subtractParts } from "./attackers.ts";
import {
  type Asked,
  asked,
  drawn,
  keyOf,
  LEVELS,
  LIMITS,
  publishedBy,
  RECORDS,
  readReference,
  sceneOf,
  universeOf,
} from "./drawn-people.ts";
import { tally } from "./tally.ts";

/** METHOD §7.8 on numbers from outside: what the gate's own code publishes of 1 200 drawn people, and how attackers fare. */
const textbook = readReference("sdc_textbook_3x2");
const k = LIMITS.persons;
const holding = (ids: readonly string[]) => Uint8Array.from(RECORDS.org!, (org) => (ids.includes(org!) ? 1 : 0));
const CONTRIBUTORS = ["0", "1", "2", "3"].map((id) => ({ id, holds: holding([id]) }));
const COALITION = { id: "a shared processor of 0 and 1", holds: holding(["0", "1"]) };

const { counted, print } = tally("1 200 drawn people, by the gate's own code");
afterAll(print);

const ATTACKS = [
  ["01", subtractNested],
  ["02", subtractParts],
  ["03", combineTables],
  ["05", leaveOut],
] as const;
describe("1 200 drawn people, 60 pairs and all pairs", () => {
  test.each([
    [2, "two ways, outsider", []],
    [2, "two ways, each contributor and a coalition", [...CONTRIBUTORS, COALITION]],
    [3, "three ways, each contributor", CONTRIBUTORS],
  ] as const)("attacks 01 02 03 05 07 08: %i ways, %s: nothing follows", (ways, what, views) => {
    const own = asked(ways, views);
    const published = publishedBy(own);
    expect(published.length).toBeGreaterThan(200);
    const audits = auditUniverse({ k, ...own, published });
    expect(audits.map(({ view }) => view)).toEqual(["outsider", ...views.map(({ id }) => id)]);
    expect([isClean(audits), audits.filter((audit) => !isClean([audit]))]).toEqual([true, []]);
    const naive = cellsOf(RECORDS, own.tables, k);
    for (const [number, attackBy] of ATTACKS) {
      let before = 0;
      const leaks: string[] = [];
      // Three ways are many: the audit looks at every view, the attackers at the outsider's and the first contributor's.
      for (const holds of [undefined, ...views.slice(0, ways === 2 ? views.length : 1).map((view) => view.holds)]) {
        before += attackBy(sceneOf(own, naive, holds)).length;
        leaks.push(...attackBy(sceneOf(own, published, holds)).map(({ how }) => how));
      }
      counted(number, what, before, leaks);
      expect([number, leaks]).toEqual([number, []]);
      expect(before).toBeGreaterThan(ways === 2 ? 0 : 300);
    }
  });

  test("attack 01: nested filters: of the 60 given pairs never both are answered; at a threshold all are", () => {
    const pairs: [Cell, Cell][] = drawn.expected.differencing_pairs_3way.map(
      ({ larger, smaller }: Record<string, Record<string, number>>) => asCells([larger!, smaller!]),
    );
    expect(pairs.length).toBe(60);
    const both = (cells: readonly Cell[]) => {
      const keys = new Set(cells.map(keyOf));
      return pairs.filter((pair) => pair.every((cell) => keys.has(keyOf(cell))));
    };
    const own = asked(3, []);
    const found = both(publishedBy(own));
    const before = both(cellsOf(RECORDS, own.tables, k)).length;
    counted("01", "60 given pairs", before, found);
    expect([before, found]).toEqual([60, []]);
  });

  test("attack 07: without the coalition declared, its two contributors together find groups out", () => {
    const alone = publishedBy(asked(2, CONTRIBUTORS));
    const together = ATTACKS.flatMap(([, attackBy]) => attackBy(sceneOf(asked(2, []), alone, COALITION.holds)));
    expect(together.length).toBeGreaterThan(5);
  });

  test("attack 04: hierarchy and re-banding: old and new age bands are audited together", () => {
    const bands = (of: Record<string, string>) => RECORDS.age!.map((age) => of[age as string] ?? null);
    const { age: _, ...rest } = RECORDS;
    const older = bands({ 0: "0-1", 1: "0-1", 2: "2", 3: "3-4", 4: "3-4" });
    const newer = bands({ 0: "0", 1: "1-2", 2: "1-2", 3: "3", 4: "4" });
    const both = { ...rest, "age-old": older, "age-new": newer };
    const apart: [string, string][] = [...LEVELS, ["age-old", "age-new"]];
    const tables = (age: string) => tablesOf([...Object.keys(rest), age], 2, LEVELS);
    const one = (age: string, column: (string | null)[]): Asked => ({
      records: { ...rest, [age]: column },
      tables: tables(age),
      apart: LEVELS,
      views: [],
    });
    const old = publishedBy(one("age-old", older));
    const alone = publishedBy(one("age-new", newer));
    const joint: Asked = { records: both, tables: [...tables("age-old"), ...tables("age-new")], apart, views: [] };
    const after = publishedBy(joint, { forced: old, isNew: (cell) => !("age-old" in cell) });
    expect(after.length).toBeGreaterThan(50);
    const leaksOf = (published: readonly Cell[]) =>
      ATTACKS.flatMap(([, attackBy]) =>
        attackBy(sceneOf({ ...joint, apart: LEVELS }, published)).map(({ how }) => how),
      );
    const before = leaksOf([...old, ...alone]);
    const leaks = leaksOf([...old, ...after.filter((cell) => !("age-old" in cell))]);
    counted("04", "old and new age bands (before: each by itself)", before.length, leaks);
    expect(before.length).toBeGreaterThan(10);
    expect(leaks).toEqual([]);
  });
});

describe("the textbook's 3 × 2 table", () => {
  test("attacks 01 02: the small cell is not found out, whatever is kept", () => {
    const rows = textbook.input.counts.flatMap(([men, women]: [number, number], row: number) => [
      ...new Array(men).fill([`R${row + 1}`, "m"]),
      ...new Array(women).fill([`R${row + 1}`, "f"]),
    ]) as [string, string][];
    const held: Records = { region: rows.map(([region]) => region), gender: rows.map(([, gender]) => gender) };
    const own: Asked = { records: held, tables: tablesOf(["region", "gender"], 2), apart: [], views: [] };
    const published = publishedBy(own);
    expect(published.length).toBeGreaterThan(5);
    expect(isClean(auditUniverse({ k: textbook.input.k, ...own, published }))).toBe(true);
    const naive = sceneOf(own, textbook.input.cases.threshold_only);
    expect(subtractNested(naive).map(({ size }) => size)).toEqual([7]);
    expect(ATTACKS.flatMap(([, attackBy]) => attackBy(sceneOf(own, published)))).toEqual([]);
  });
});

describe("sdcMicro's test data", () => {
  const file = join(SHARED, "data", "sdc_testdata", "data.csv");
  test.skipIf(!existsSync(file))(
    "TRUST P1: records in groups below 2, 3 and 5 by four keys are sdcMicro's 330, 674 and 1 288 (needs ../shared/data/sdc_testdata)",
    () => {
      const { data } = Papa.parse<Record<string, string>>(readFileSync(file, "utf8"), {
        header: true,
        skipEmptyLines: true,
      });
      const keys = ["urbrur", "water", "sex", "age"];
      const held = Object.fromEntries(keys.map((id) => [id, data.map((line) => line[id] || null)]));
      const prepared = prepareUniverse(universeOf({ records: held, tables: [keys], apart: [], views: [] }));
      const counts = countAtoms(prepared, null, null);
      const below = (least: number) =>
        prepared.cells.reduce((sum, { atoms }) => {
          const n = atoms.reduce((size, atom) => size + counts[atom]!, 0);
          return sum + (n < least ? n : 0);
        }, 0);
      expect([data.length, below(2), below(3), below(5)]).toEqual([4580, 330, 674, 1288]);
    },
  );
});
