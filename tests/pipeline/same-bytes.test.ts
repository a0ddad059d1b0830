import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Release } from "../../data/contracts/release.ts";
import { ROOT, temporaryFolder, tree } from "../command.ts";
import { threeKinds } from "./kinds-of-people.ts";
import {
  answer,
  background,
  codebook,
  draws,
  figures,
  house,
  item,
  lifeEvent,
  pairs,
  type Row,
  SIX,
  type Survey,
  valueAt,
} from "./made-up.ts";

/** Three kinds of people in two waves, weighted. */
const COLUMNS = [
  { column: "vuosi", use: "wave" },
  { column: "paino", use: "weight" },
  background("area", ["n", "s"]),
  ...pairs(SIX),
];
const BOOK = codebook("waves", COLUMNS);
const EVENT = lifeEvent("waves-event", "waves", { variables: ["area"], tables: [["segment", "area"]] });
const waveOf = (vuosi: string, seed: number): Row[] => {
  const random = draws(seed);
  return threeKinds(seed, 310).survey.rows.map((row) => ({
    ...row,
    vuosi,
    paino: Number((0.5 + random.next()).toFixed(4)),
  }));
};
const [FIRST, SECOND] = [waveOf("2024", 31), waveOf("2025", 32)];
const BOTH: Survey = { codebook: BOOK, rows: [...FIRST, ...SECOND] };
const SLOW = 240_000;

function shuffled(rows: readonly Row[]): Row[] {
  const random = draws(33);
  return rows
    .map((row) => ({ row, at: random.next() }))
    .sort((left, right) => left.at - right.at)
    .map(({ row }) => row);
}

let folder: string;
let first: ReturnType<typeof house>;
let release: Release;
beforeAll(() => {
  folder = temporaryFolder("same-bytes");
  first = house(folder, "first");
  first.ingest(BOTH);
  release = first.release(EVENT, "--threads", "2");
}, SLOW);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const publishedOf = ({ home }: ReturnType<typeof house>, id: string) => tree(join(home, "published", id));

describe("the same answers give the same bytes", () => {
  test(
    "rows shuffled, another home, another number of threads",
    () => {
      const other = house(folder, "other");
      other.ingest({ ...BOTH, rows: shuffled(BOTH.rows) }, "another-name.csv");
      const again = other.release(EVENT, "--threads", "1");
      expect(again.id).toBe(release.id);
      expect(publishedOf(other, again.id)).toEqual(publishedOf(first, release.id));
      expect(Object.keys(publishedOf(other, again.id)).sort()).toEqual([
        "SHA256SUMS",
        "cells.arrow",
        "cells.csv",
        "release.json",
      ]);
      // The steward's unrounded copy as well, but for the line on which each row stands.
      for (const file of ["cells.csv", "model.json"])
        expect(readFileSync(join(other.home, "vault", "releases", again.id, file), "utf8")).toBe(
          readFileSync(join(first.home, "vault", "releases", release.id, file), "utf8"),
        );
    },
    SLOW,
  );

  test(
    "a file a wave, three threads: another release, as its inputs are others, with the same figures to the last digit",
    () => {
      const split = house(folder, "split");
      split.ingest({ codebook: BOOK, rows: SECOND }, "2025.csv");
      split.ingest({ codebook: BOOK, rows: FIRST }, "2024.csv");
      const { id, inputs, ...rest } = split.release(EVENT, "--threads", "3");
      const { id: whole, inputs: given, ...same } = release;
      expect([id === whole, inputs.length, given.length]).toEqual([false, 2, 1]);
      expect(rest).toEqual(same);
    },
    SLOW,
  );
});

describe("two contributors of one wave", () => {
  const items = pairs(["health", "social", "material"]);
  const book = codebook("shared", [
    { column: "antaja", use: "contributor" },
    { column: "paino", use: "weight" },
    ...items,
  ]);
  const random = draws(35);
  const rows = Array.from({ length: 240 }, (): Row => {
    const level = 5 + 1.5 * random.normal();
    const given = items.map(({ column }) => [column, answer(level + 1.5 * random.normal())] as const);
    const antaja = random.below(3) ? "aa" : "bb";
    return { antaja, paino: Number((0.5 + random.next()).toFixed(4)), ...Object.fromEntries(given) };
  });
  const made = (name: string, parts: readonly (readonly Row[])[]) => {
    const own = house(folder, name);
    for (const part of parts) own.ingest({ codebook: book, rows: part });
    const { document } = own.tryRelease(lifeEvent("shared-event", "shared"));
    return { own, id: document.release as string };
  };
  const of = (contributor: string) => rows.filter(({ antaja }) => antaja === contributor);

  test("in one file or in a file each: the same figures to the last digit", () => {
    const [whole, parted] = [made("whole", [rows]), made("parted", [of("bb"), of("aa")])];
    const without = ({ own, id }: typeof whole) => {
      const { id: _, inputs: __, ...rest } = JSON.parse(own.text(id));
      return rest;
    };
    expect(without(parted)).toEqual(without(whole));
    // What is drawn at random, drawn of the rows in their order, is among it.
    expect(without(whole).segmentation.pileUp.length).toBeGreaterThan(0);
    const kept = ({ own, id }: typeof whole) =>
      readFileSync(join(own.home, "vault", "releases", id, "cells.csv"), "utf8");
    expect(kept(parted)).toBe(kept(whole));
  });

  test("in one file: a release that its own contract reads", () => {
    const { own, id } = made("read", [rows]);
    expect(own.read(id).inputs.length).toBeGreaterThan(0);
  });
});

describe("groups that are frozen in the reference wave", () => {
  /** All that the reference wave alone decides. */
  const frozen = (own: ReturnType<typeof house>, made: Release) => {
    const { labels, model } = own.inspect(made.id);
    const { segments, waves: _, ...certificate } = made.segmentation.certificate;
    return {
      model: { ...model.model, codebooks: null },
      bands: model.bands,
      tried: model.tried,
      structure: model.structure,
      labels: labels
        .filter(({ wave }) => wave === "2024")
        .map(({ line, segment, band, troubles }) => [line, segment, band, troubles].join(" "))
        .sort(),
      names: made.segmentation.labels,
      certificate: { ...certificate, segments: segments.map(({ overlap, profile }) => ({ overlap, profile })) },
      pileUp: made.segmentation.pileUp.filter(({ wave }) => wave === "2024"),
    };
  };
  let alone: ReturnType<typeof house>;
  let before: Release;
  beforeAll(() => {
    alone = house(folder, "alone");
    alone.ingest({ codebook: BOOK, rows: FIRST });
    before = alone.release(EVENT);
  }, SLOW);

  test(
    "are what they were, to the last digit, when a later wave comes that asks one thing more",
    () => {
      const random = draws(34);
      const more = codebook("waves", [...COLUMNS, item("health_c", "health")], { version: 2 });
      alone.ingest({
        codebook: more,
        rows: SECOND.map((row) => ({ ...row, health_c: answer(5 + 2 * random.normal()) })),
      });
      const after = alone.release(EVENT);
      expect(after.id).not.toBe(before.id);
      expect(before.segmentation.k).toBe(3);
      expect(frozen(alone, after)).toEqual(frozen(alone, before));
      const ofFirst = (made: Release) =>
        [...figures(made)].filter(([key]) => key.includes("wave=2024") && !key.includes("health-c"));
      expect(ofFirst(after)).toEqual(ofFirst(before));

      // What is made of other questions is not compared with what it was made of before.
      const compared = (key: string) => valueAt(after, key).versus.some(({ against }) => against === "previous-wave");
      expect(compared("dimension.health/mean?wave=2025")).toBe(false);
      for (const key of [
        "dimension.social/mean?wave=2025",
        "item.health-a/mean?wave=2025",
        "persons/percent?wave=2025&segment=A",
      ])
        expect([key, compared(key)]).toEqual([key, true]);
      expect(figures(after).get("item.health-c/mean?wave=2024")).toEqual({ kind: "not-asked" });
      const { refit, wave } = after.segmentation.certificate.waves[1] ?? {};
      expect([wave, refit?.reading]).toEqual(["2025", "holds"]);
    },
    SLOW,
  );

  test(
    "stay when a word is changed or a table added, though the release is another",
    () => {
      // The same program beside other words.
      const root = join(folder, "program");
      for (const part of ["build/tilannekuva.mjs", "build/release.worker.mjs", "data"])
        cpSync(join(ROOT, part), join(root, part), { recursive: true });
      symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
      const file = join(root, "data", "words", "en", "release.json");
      const words = JSON.parse(readFileSync(file, "utf8"));
      writeFileSync(file, JSON.stringify({ ...words, persons: "People who answered" }));
      const own = house(folder, "words");
      own.ingest({ codebook: BOOK, rows: FIRST });
      const args = own.releasing({ ...EVENT, tables: [] }, "--json");
      const { stdout } = spawnSync(process.execPath, [join(root, "build", "tilannekuva.mjs"), ...args], {
        encoding: "utf8",
      });
      const after = own.read((JSON.parse(stdout) as { release: string }).release);
      expect(after.id).not.toBe(before.id);
      expect(after.measures.find(({ id }) => id === "persons")?.name.en).toBe("People who answered");
      expect(frozen(own, after)).toEqual(frozen(alone, before));
    },
    SLOW,
  );
});
