import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type AuditOfView, auditUniverse } from "../../server/disclosure/audit/audit.ts";
import { SHARED } from "../command.ts";
import { drawing } from "../statistics/reference.ts";
import { type Cell, cellsOf, type Records, tablesOf } from "./audited.ts";

const SCRIPTS = join(SHARED, "oracles", "scripts");
const RUN_ALL = `
import json, sys
sys.path.insert(0, sys.argv[1])
from audit_release import audit
print(json.dumps([audit(universe) for universe in json.load(sys.stdin)]))
`;
const canRun =
  existsSync(join(SCRIPTS, "audit_release.py")) && spawnSync("python3", ["-c", "import numpy"]).status === 0;

type Drawn = { k: number; maxway: number; records: Records; published: Cell[] };

describe.skipIf(!canRun)("the founders' auditor in Python (needs ../shared/oracles, and python3 with numpy)", () => {
  it("counts the same small, nested and thin published cells in 40 drawn universes, of every view", () => {
    const universes = Array.from({ length: 40 }, (_, seed) => drawUniverse(seed + 1));
    const asked = universes.map((universe) => ({ ...universe, contributor: "org", parents: withParents(universe) }));
    const { stdout, stderr, status } = spawnSync("python3", ["-c", RUN_ALL, SCRIPTS], {
      input: JSON.stringify(asked),
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([0, ""]);
    const answers: Record<string, number>[] = JSON.parse(stdout);
    const found = universes.map((universe) => Object.assign({}, ...auditDrawn(universe).map(inTheirWords)));
    expect(found).toEqual(answers);
    const sum = (name: string) =>
      answers.reduce(
        (total, answer) =>
          total + Object.keys(answer).reduce((all, key) => all + (key.endsWith(name) ? answer[key]! : 0), 0),
        0,
      );
    expect(sum("small_cells_derivable")).toBeGreaterThan(500); // they do leak, else this would say nothing
    expect(sum("nested_differences_below_k")).toBeGreaterThan(100);
    expect(sum("published_below_k")).toBeGreaterThan(20);
  });
});

function auditDrawn({ k, maxway, records, published }: Drawn): AuditOfView[] {
  const apart: [string, string][] = [["muni", "area"]];
  const orgs = [...new Set(records.org)].sort();
  const views = orgs.map((id) => ({ id: id!, holds: Uint8Array.from(records.org!, (org) => Number(org === id)) }));
  return auditUniverse({ k, tables: tablesOf(Object.keys(records), maxway, apart), records, apart, views, published });
}

function inTheirWords({ view, publishedBelow, derivable }: AuditOfView): Record<string, number> {
  const name = view === "outsider" ? view : `contributor ${view}`;
  return {
    [`${name}:published_below_k`]: publishedBelow,
    [`${name}:small_cells_derivable`]: derivable.small,
    [`${name}:nested_differences_below_k`]: derivable.differences,
  };
}

function withParents({ records }: Drawn) {
  const above = Object.fromEntries(records.muni!.map((muni, row) => [muni, records.area![row]]));
  return { muni: ["area", above] };
}

/** People with skewed codes (some none), and of the cells above the threshold most, half or few; now and then one below. */
function drawUniverse(seed: number): Drawn {
  const random = drawing(seed);
  const people = 40 + random.below(120);
  const skewed = (name: string, codes: number, none = 0) =>
    Array.from({ length: people }, () =>
      random.uniform() < none ? null : `${name}${Math.floor(codes * random.uniform() ** 1.8)}`,
    );
  const muni = skewed("m", 5);
  const records: Records = {
    muni,
    age: skewed("age", 2 + random.below(3), seed % 3 === 0 ? 0.1 : 0),
    gender: skewed("g", 2),
    org: skewed("o", 3),
    area: muni.map((code) => (Number(code!.slice(1)) < 2 ? "north" : "south")),
  };
  const k = 3 + random.below(4);
  const maxway = 2 + (seed % 2);
  const tables = tablesOf(Object.keys(records), maxway, [["muni", "area"]]);
  const share = [0.95, 0.5, 0.2][seed % 3]!;
  const fewest = seed % 5 === 0 ? k - 1 : k;
  const published = cellsOf(records, tables, fewest).filter(() => random.uniform() < share);
  return { k, maxway, records, published };
}
