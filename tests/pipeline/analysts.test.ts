import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Release } from "../../data/contracts/release.ts";
import { done, temporaryFolder } from "../command.ts";
import { threeKinds } from "./kinds-of-people.ts";
import { background, brokenNumbers, codebook, draws, house, item, lifeEvent, pairs, type Row, SIX } from "./made-up.ts";

/** Three kinds of people who also answer yes or no to three questions, of whom some leave a dimension out. */
/** Who says yes more often than not: those who are high in the question's dimension. */
const OFTEN = [[0, 2], [0], [0, 1]];
const YES = ["paid", "met", "slept"].map((column, place) => item(column, SIX[place] as string, { scale: "yes" }));
const random = draws(61);
const { survey, kinds } = threeKinds(61, 420);
const ROWS = survey.rows.map((row, person): Row => {
  const said = YES.map(({ column }, place) => [
    column,
    random.next() < (OFTEN[place]?.includes(kinds[person] as number) ? 0.8 : 0.2) ? 1 : 0,
  ]);
  const left = person % 10 === 0 ? { health_a: 99, health_b: 98, met: "" } : {};
  return { ...row, paino: Number((0.5 + random.next()).toFixed(4)), ...Object.fromEntries(said), ...left };
});
const BOOK = codebook("analysed", [
  { column: "paino", use: "weight" },
  background("area", ["n", "s"]),
  ...pairs(SIX),
  ...YES,
]);
const EVENT = lifeEvent("analysed-event", "analysed", { variables: ["area"] });
const SLOW = 240_000;

type Fit = { k: number; logLikelihood: number; parameters: number; bic: number; shares: number[] };
type Bands = { dimensions: string[]; means: number[]; deviations: number[] };
type Analysts = {
  release: string;
  alternatives: {
    decides: boolean;
    note: string;
    points: { grouped: number; complete: number; used: number; dimensions: string[] };
    gap: { references: number; textbookClusters: number; tried: { k: number; lnWithin: number; gap: number }[] };
    latentProfile: { tried: Fit[] };
    latentClass: {
      items: { id: string; scores: number[] }[];
      used: number;
      tried: Fit[] | null;
      reason: string | null;
    };
  } | null;
};

let folder: string;
let own: ReturnType<typeof house>;
let release: Release;
let out: string;
let analysts: Analysts;
const inspected = (file: string) => readFileSync(join(out, file), "utf8");
const byteOf = ({ home }: ReturnType<typeof house>, id: string) =>
  readFileSync(join(home, "vault", "releases", id, "analysts.json"), "utf8");

beforeAll(() => {
  folder = temporaryFolder("analysts");
  own = house(folder, "first");
  own.ingest({ codebook: BOOK, rows: ROWS });
  release = own.release(EVENT, "--threads", "2");
  out = join(folder, "out");
  done("inspect", "--home", own.home, "--release", release.id, "--out", out);
  analysts = JSON.parse(inspected("analysts.json"));
}, SLOW);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("what other methods say of the people that were grouped", () => {
  test("is among the steward's files, says that it decides nothing, and is nowhere in what readers get", () => {
    expect(readdirSync(out).sort()).toEqual(["analysts.json", "cells.csv", "labels.csv", "model.json", "scores.csv"]);
    expect([analysts.release, analysts.alternatives?.decides]).toEqual([release.id, false]);
    expect(analysts.alternatives?.note).toContain("None of this decides anything");
    expect(own.text(release.id)).not.toMatch(/latentProfile|latentClass|textbookClusters|lnWithin/);
    expect(brokenNumbers(analysts)).toEqual([]);
  });

  test("holds the gap of 1 to 8 clusters, 1 to 6 profiles, 1 to 5 classes, each with BIC = −2·ln L + p·ln n", () => {
    const { points, gap, latentProfile, latentClass } = analysts.alternatives!;
    expect(points).toEqual({ grouped: 420, complete: 378, used: 378, dimensions: [...SIX] });
    expect(gap.tried.map(({ k }) => k)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(latentProfile.tried.map(({ k }) => k)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(latentProfile.tried.map(({ parameters }) => parameters)).toEqual([1, 2, 3, 4, 5, 6].map((k) => 7 * k + 20));
    expect(latentClass.items).toEqual(["met", "paid", "slept"].map((id) => ({ id, scores: [0, 100] })));
    // Three yes-or-no items can tell two classes from each other, no more.
    expect([latentClass.used, latentClass.tried?.map((one) => ("refused" in one ? one.refused : one.k))]).toEqual([
      378,
      [1, 2, "not-identified", "not-identified", "not-identified"],
    ]);
    for (const { logLikelihood, parameters, bic } of [...latentProfile.tried, ...latentClass.tried!.slice(0, 2)])
      expect(bic).toBeCloseTo(-2 * logLikelihood + parameters * Math.log(378), 6);
  });

  test("sees the three kinds that are there, as k-means does", () => {
    const { gap, latentProfile } = analysts.alternatives!;
    expect([release.segmentation.verdict, release.segmentation.k, gap.textbookClusters]).toEqual(["segments", 3, 3]);
    // BIC goes on to more, as METHOD §3.1 says it does.
    expect(latentProfile.tried[2]!.bic).toBeLessThan(latentProfile.tried[1]!.bic);
    const shares = [0, 1, 2].map(
      (kind) => kinds.filter((own, person) => own === kind && person % 10 !== 0).length / 378,
    );
    const found = latentProfile.tried[2]!.shares;
    const apart = shares.sort().map((share, place) => Math.abs(share - [...found].sort()[place]!));
    expect(Math.max(...apart)).toBeLessThan(0.02);
  });

  test("of one cluster and one profile is what the steward's own scores give by hand", () => {
    const { dimensions, means: ms, deviations } = JSON.parse(inspected("model.json")).bands as Bands;
    const usable = dimensions.map((dimension, d) => ({ dimension, mean: ms[d]!, deviation: deviations[d]! }));
    const table = { header: true, skipEmptyLines: true } as const;
    const scores = Papa.parse<Record<string, string>>(inspected("scores.csv"), table).data;
    const zOf = (row: Record<string, string>) =>
      usable.map(({ dimension, mean, deviation }) =>
        row[dimension] === "" ? Number.NaN : (Number(row[dimension]) - mean) / deviation,
      );
    const rows = scores.map(zOf).filter((z) => z.every((value) => !Number.isNaN(value)));
    const means = usable.map((_, d) => rows.reduce((sum, z) => sum + z[d]!, 0) / rows.length);
    const moment = (d: number, e: number) =>
      rows.reduce((sum, z) => sum + (z[d]! - means[d]!) * (z[e]! - means[e]!), 0) / rows.length;
    const covariance = usable.map((_, d) => usable.map((_, e) => moment(d, e)));
    const { gap, latentProfile } = analysts.alternatives!;
    const within = covariance.reduce((sum, own, d) => sum + own[d]! * rows.length, 0);
    expect(gap.tried[0]?.lnWithin).toBeCloseTo(Math.log(within), 9);
    // ln L of one normal distribution: −n/2·(D·ln 2π + ln |S| + D).
    const logLikelihood = (-rows.length / 2) * (SIX.length * (Math.log(2 * Math.PI) + 1) + logDeterminant(covariance));
    expect(latentProfile.tried[0]?.logLikelihood).toBeCloseTo(logLikelihood, 6);
  });

  test("is the same bytes for rows in another order, another home and another number of threads", {
    timeout: SLOW,
  }, () => {
    const other = house(folder, "other");
    const order = draws(62);
    const shuffled = ROWS.map((row) => ({ row, at: order.next() })).sort((left, right) => left.at - right.at);
    other.ingest({ codebook: BOOK, rows: shuffled.map(({ row }) => row) }, "other.csv");
    const again = other.release(EVENT, "--threads", "1");
    expect(again.id).toBe(release.id);
    expect(byteOf(other, again.id)).toBe(byteOf(own, release.id));
  });

  test("of a release made before there was any of it, the other files are given", () => {
    const older = join(folder, "older");
    rmSync(join(own.home, "vault", "releases", release.id, "analysts.json"));
    const { files } = done("inspect", "--home", own.home, "--release", release.id, "--out", older) as never as {
      files: string[];
    };
    expect([files, readdirSync(older).sort()]).toEqual([
      ["labels.csv", "scores.csv", "model.json", "cells.csv"],
      ["cells.csv", "labels.csv", "model.json", "scores.csv"],
    ]);
  });
});

describe("where there is nothing to say", () => {
  test("nobody was grouped: nothing at all; no items of few answers: no classes, and why", { timeout: SLOW }, () => {
    const plain = house(folder, "plain");
    const book = codebook("plain", [background("area", ["n", "s"]), ...pairs(SIX)]);
    plain.ingest({ codebook: book, rows: survey.rows.slice(0, 120) });
    const few = plain.release(lifeEvent("few-event", "plain", { variables: ["area"] }));
    expect(JSON.parse(byteOf(plain, few.id))).toEqual({ release: few.id, alternatives: null });
    const more = house(folder, "more");
    more.ingest({ codebook: book, rows: survey.rows.slice(0, 220) });
    const grouped = more.release(lifeEvent("more-event", "plain", { variables: ["area"] }));
    const { alternatives } = JSON.parse(byteOf(more, grouped.id)) as Analysts;
    expect(alternatives?.latentClass).toMatchObject({ items: [], tried: null, reason: "few-items" });
    expect(alternatives?.latentProfile.tried.map(({ k }) => k)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

function logDeterminant(matrix: readonly (readonly number[])[]): number {
  const left = matrix.map((row) => [...row]);
  let sum = 0;
  for (let d = 0; d < left.length; d++) {
    sum += Math.log(left[d]![d]!);
    for (let e = d + 1; e < left.length; e++) {
      const times = left[e]![d]! / left[d]![d]!;
      for (let f = d; f < left.length; f++) left[e]![f]! -= times * left[d]![f]!;
    }
  }
  return sum;
}
