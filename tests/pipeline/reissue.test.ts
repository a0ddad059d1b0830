import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cellKey } from "../../data/contracts/cell-key.ts";
import type { Release } from "../../data/contracts/release.ts";
import { type command, done, temporaryFolder, tree } from "../command.ts";
import { threeKinds } from "./kinds-of-people.ts";
import { figures, house, lifeEvent, type Row } from "./made-up.ts";

/** One wave of 450 persons, shown to readers; then some of its answers are corrected, and it is released again. */
const { survey } = threeKinds(41, 450, { id: "again" });
const EVENT = lifeEvent("again-event", "again", { variables: ["area"], tables: [["segment", "area"]] });
const SLOW = 240_000;
const INNER = ["n", "s"].map((area) => survey.rows.flatMap((row, place) => (row.area === area ? [place] : [])));

/** The same rows with one answer of some persons another. */
function corrected(persons: readonly number[]): { codebook: typeof survey.codebook; rows: Row[] } {
  const change = (row: Row): Row => ({ ...row, health_a: Number(row.health_a) === 0 ? 1 : Number(row.health_a) - 1 });
  return { ...survey, rows: survey.rows.map((row, place) => (persons.includes(place) ? change(row) : row)) };
}
/** Fourteen persons: three of one area, eleven of the other. */
const FOURTEEN = [...INNER[0]!.slice(0, 3), ...INNER[1]!.slice(0, 11)];

let folder: string;
let own: ReturnType<typeof house>;
let first: Release;
let second: Release;
const publish = (id: string) => done("publish", "--home", own.home, "--release", id);
const codesOf = (answer: ReturnType<typeof command>) => answer.document.problems?.map(({ code }) => code);
const auditOf = (id: string, home = own.home) =>
  done("audit", "--home", home, "--release", id) as never as {
    clean: boolean;
    attacks: { kind: string; looked: number; released: number }[];
    measures: { audits: number; derivable: number };
  };
/** The groups of each row of the file. */
const groupsOf = ({ id }: Release) => {
  const { labels } = own.inspect(id);
  const first = Math.min(...labels.map(({ line }) => Number(line)));
  return new Map(
    labels.map(({ line, segment, band, troubles }) => [Number(line) - first, `${segment} ${band} ${troubles}`]),
  );
};

beforeAll(() => {
  folder = temporaryFolder("reissue");
  own = house(folder, "again");
  own.ingest(survey);
  first = own.release(EVENT);
  publish(first.id);
}, SLOW);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a wave that readers have been shown, released again", () => {
  test(
    "with nothing changed: the release that stands",
    () => {
      expect([first.previous, first.protection]).toEqual([null, "audited"]);
      const before = tree(own.home);
      const { document } = own.tryRelease(EVENT);
      expect([document.release, document.already]).toEqual([first.id, true]);
      expect(tree(own.home)).toEqual(before);
    },
    SLOW,
  );

  test(
    "with fewer than ten persons changed: it waits, for old and new everyone would tell of them",
    () => {
      own.ingest(corrected(FOURTEEN.slice(0, 9)), "nine.csv");
      const before = tree(own.home);
      const answer = own.tryRelease(EVENT);
      expect([answer.code, codesOf(answer)]).toEqual([1, ["release-waits"]]);
      expect(tree(own.home)).toEqual(before);
    },
    SLOW,
  );

  test(
    "with fourteen changed: a new release after it",
    () => {
      own.ingest(corrected(FOURTEEN), "fourteen.csv");
      second = own.release(EVENT);
      expect([second.previous, second.id === first.id]).toEqual([first.id, false]);
      expect(own.inspect(second.id).model.model.version).toBe(1);
    },
    SLOW,
  );

  test("of the area where three changed every figure is the earlier one, or none is shown", () => {
    const then = figures(first);
    const told = second.cells.filter(({ at }) => at.area === "n" && at.segment === undefined && at.band === undefined);
    let again = 0;
    for (const { measure, statistic, at, figure } of told) {
      const key = cellKey(measure, statistic, at);
      if (figure.kind === "protected" || at.troubles !== undefined || measure === "unclassifiable") continue;
      const before = then.get(key);
      if (figure.kind === "value" && before?.kind === "value") {
        expect([key, figure.flags.includes("as-before")]).toEqual([key, true]);
        expect([key, figure.value, figure.low, figure.high, figure.n]).toEqual([
          key,
          before.value,
          before.low,
          before.high,
          before.n,
        ]);
        again++;
      } else expect([key, figure]).toEqual([key, before]);
    }
    expect(again).toBeGreaterThan(10);
    // Of everyone, fourteen changed: that figure is new.
    const everyone = figures(second).get("item.health-a/mean?wave=2024");
    expect(everyone?.kind === "value" && !everyone.flags.includes("as-before")).toBe(true);
  });

  test(
    "somebody who kept the first release: the two together tell of nobody",
    () => {
      const audit = auditOf(second.id);
      expect([audit.clean, audit.measures.derivable]).toEqual([true, 0]);
      expect(audit.attacks.reduce((sum, { looked }) => sum + looked, 0)).toBeGreaterThan(0);
      expect(audit.attacks.filter(({ released }) => released > 0)).toEqual([]);
    },
    SLOW,
  );

  test(
    "an auditor of somebody else's is given the old everyone beside the new: fourteen went, fourteen came",
    () => {
      const out = join(folder, "outside");
      done("audit", "--home", own.home, "--release", second.id, "--out", out);
      const file = readdirSync(out).find((name) => !name.includes("services")) as string;
      const { records, published } = JSON.parse(readFileSync(join(out, file), "utf8")) as {
        records: Record<string, string[]>;
        published: Record<string, string>[];
      };
      const rows = [...(Object.values(records)[0] as string[]).keys()];
      expect(rows.length).toBe(464);
      const sets = published.map((cell) =>
        rows.filter((row) => Object.entries(cell).every(([id, code]) => records[id]?.[row] === code)).join(),
      );
      const ofEveryone = [...new Set(sets)].filter((set) => set.split(",").length === 450);
      expect(ofEveryone.length).toBe(2);
    },
    SLOW,
  );

  test("nobody whose answers stayed is in another group", () => {
    const [then, now] = [groupsOf(first), groupsOf(second)];
    const places = [...survey.rows.keys()].filter((place) => !FOURTEEN.includes(place));
    const moved = places.filter((place) => then.get(place) !== now.get(place));
    expect([then.size, now.size, moved]).toEqual([450, 450, []]);
  });
});

describe("groups made anew", () => {
  test("without a reason: refused, and nothing is written", () => {
    const before = tree(own.home);
    const answer = own.tryRelease(EVENT, "--new-model");
    expect([answer.code === 0, codesOf(answer)]).toEqual([false, ["misuse-k-without-reason"]]);
    expect(tree(own.home)).toEqual(before);
  });

  test(
    "with one: a second version, audited together with the first groups",
    () => {
      const other = house(folder, "anew");
      other.ingest(survey);
      const before = other.release(EVENT);
      done("publish", "--home", other.home, "--release", before.id);
      const anew = other.release(EVENT, "--new-model", "--reason", "two years have passed");
      expect([anew.previous, other.inspect(anew.id).model.model.version]).toEqual([before.id, 2]);
      expect(other.text(anew.id)).not.toContain("two years have passed");
      const audit = auditOf(anew.id, other.home);
      expect([audit.clean, audit.measures.derivable]).toEqual([true, 0]);
    },
    SLOW,
  );

  test(
    "after a release whose cells kept earlier figures: those tell nothing of who is in them now",
    () => {
      publish(second.id);
      const third = own.release(EVENT, "--new-model", "--reason", "two years have passed");
      expect([third.previous, own.inspect(third.id).model.model.version]).toEqual([second.id, 2]);
      const audit = auditOf(third.id);
      expect([audit.clean, audit.measures.derivable]).toEqual([true, 0]);
    },
    SLOW,
  );
});
