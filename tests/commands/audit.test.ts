import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Release } from "../../data/contracts/release.ts";
import { command, done, SHARED, temporaryFolder, tree } from "../command.ts";
import { sampleHome } from "../home.ts";

type Audit = {
  release: string;
  clean: boolean;
  attacks: { wave: string; view: string; kind: string; looked: number; thresholdOnly: number; released: number }[];
  measures: { audits: number; derivable: number };
  cost: { wave: string; variables: number; cells: number; published: number; personsPercent: number }[];
};

const AUDITOR = join(SHARED, "oracles", "scripts", "audit_release.py");
const hasNumpy = spawnSync("python3", ["-c", "import numpy"]).status === 0;
const canAskAuditor = existsSync(AUDITOR) && hasNumpy;
const SLOW = 300_000;

let home: string;
let folder: string;
let published: Record<string, string>;
const idOf = (event: string) => published[event] as string;
beforeAll(async () => {
  home = await sampleHome();
  folder = temporaryFolder("audit");
  ({ published } = done("status", "--home", home) as never as { published: Record<string, string> });
}, SLOW);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the steward's audit of the samples", () => {
  test(
    "finds nothing in what was published, much in a threshold alone, and writes nothing",
    () => {
      const before = tree(join(home, "published"));
      const audit = done("audit", "--home", home, "--release", idOf("changing-family")) as never as Audit;
      const sum = (count: (row: Audit["attacks"][number]) => number) =>
        audit.attacks.reduce((total, row) => total + count(row), 0);
      expect([audit.release, audit.clean]).toEqual([idOf("changing-family"), true]);
      expect(sum(({ looked }) => looked)).toBeGreaterThan(100);
      expect(sum(({ thresholdOnly }) => thresholdOnly)).toBeGreaterThan(10);
      expect(sum(({ released }) => released)).toBe(0);
      expect([audit.measures.audits > 10, audit.measures.derivable]).toEqual([true, 0]);
      for (const { cells, published: shown, personsPercent } of audit.cost) {
        expect(shown).toBeLessThanOrEqual(cells);
        expect(personsPercent).toBeGreaterThan(0);
        expect(personsPercent).toBeLessThanOrEqual(100);
      }
      expect(tree(join(home, "published"))).toEqual(before);
    },
    SLOW,
  );

  test.each(["changing-family.000000000000", "../../vault", "", "nothing"])("a release that is not there: %j", (id) => {
    const { code, document } = command("audit", "--home", home, "--release", id);
    expect([code, document.problems?.map((problem) => problem.code)]).toEqual([1, ["release-not-found"]]);
  });

  test.skipIf(!canAskAuditor)(
    "an auditor of somebody else's finds zeros in all that --out writes (needs ../shared, python3 and numpy)",
    () => {
      const out = join(folder, "outside");
      done("audit", "--home", home, "--release", idOf("changing-family"), "--out", out);
      const files = readdirSync(out).sort();
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        const child = spawnSync("python3", [AUDITOR, join(out, file)], { encoding: "utf8" });
        expect([file, child.stderr.slice(-300)]).toEqual([file, ""]);
        const found = JSON.parse(child.stdout) as Record<string, number>;
        expect(Object.keys(found).length).toBeGreaterThan(2);
        expect([file, Object.entries(found).filter(([, count]) => count !== 0)]).toEqual([file, []]);
      }
    },
    SLOW,
  );
});

describe("a release that somebody changed", () => {
  test(
    "one protected count written in as a number: the audit is no longer clean",
    () => {
      const copy = join(folder, "copy");
      cpSync(home, copy, { recursive: true });
      const id = idOf("changing-family");
      const file = join(copy, "published", id, "release.json");
      const release = JSON.parse(readFileSync(file, "utf8")) as Release;
      const isCount = ({ measure, statistic }: Release["cells"][number]) =>
        measure === "persons" && statistic === "count";
      const shown = release.cells.filter((cell) => isCount(cell) && cell.figure.kind === "value");
      const { attacks } = done("audit", "--home", copy, "--release", id) as never as Audit;
      expect(attacks.every(({ released }) => released === 0)).toBe(true);
      const planted = release.cells.filter((cell) => isCount(cell) && cell.figure.kind === "protected");
      expect(planted.length).toBeGreaterThan(0);
      const [one] = planted;
      one!.figure = { ...shown[0]!.figure };
      chmodSync(join(copy, "published", id), 0o755);
      chmodSync(file, 0o644);
      writeFileSync(file, JSON.stringify(release));
      const changed = done("audit", "--home", copy, "--release", id) as never as Audit;
      expect([one!.at, changed.clean]).toEqual([one!.at, false]);
    },
    SLOW,
  );
});
