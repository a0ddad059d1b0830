import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { STATISTICS } from "../../data/contracts/cell.ts";
import type { Codebook } from "../../data/contracts/codebook.ts";
import { freePort } from "../../server/start/port.mjs";
import { COMMAND, ROOT } from "../command.ts";
import { sampleHome, serveHome } from "../home.ts";
import { fetchPictures, type Picture } from "./answers.ts";
import { HOSTILE, question, raw, rightQuestion } from "./raw-request.ts";
import { type TrueWave, trueWaves } from "./true-waves.ts";

/** Attacks of METHOD §7.8 by what may be asked at all, by lists, by logs, and straight at the files. */
let home: string;
let url: string;
let stop: () => Promise<void>;
let log = "";
let pictures: Picture[];
let truths: Map<string, TrueWave>[];

beforeAll(async () => {
  home = await sampleHome();
  // Its pages are built by whoever serves first; this server is our own, so that what it says can be read.
  await (await serveHome(home)).stop();
  ({ url, stop } = await serveAloud(home));
  pictures = await fetchPictures(url);
  truths = pictures.map(({ release }) => trueWaves(home, release));
}, 600_000);
afterAll(() => stop?.());

/** A server of whose every word we keep a copy. */
async function serveAloud(folder: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const child = spawn(
    process.execPath,
    [COMMAND, "serve", "--port", String(await freePort()), "--home", folder, "--json"],
    {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: "production" },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  child.stderr.setEncoding("utf8").on("data", (said) => {
    log += said;
  });
  const found = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (said) => {
      log += said;
      const document = /^\{"ok":true.*\}$/m.exec(log)?.[0];
      if (document) resolve(JSON.parse(document).url);
    });
    ended.then(() => reject(new Error(`the server did not start: ${log}`)));
  });
  return {
    url: found,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

describe("attack 26: enumeration", () => {
  test("attack 26: lists hold codes that the codebook declares, or of which some wave holds k persons", () => {
    for (const [place, { release }] of pictures.entries()) {
      const codebooks = release.inputs.map(({ extract }) => {
        const { codebookHash } = JSON.parse(
          readFileSync(join(home, "vault", "extracts", extract, "extract.json"), "utf8"),
        );
        return JSON.parse(readFileSync(join(home, "codebooks", `${codebookHash}.json`), "utf8")) as Codebook;
      });
      for (const { id, codes } of release.variables) {
        const declared = new Set(
          codebooks.flatMap(({ columns }) =>
            columns.flatMap((column) =>
              column.use === "background" && column.id === id
                ? (column.categories ?? column.bands ?? []).map(({ code }) => code)
                : [],
            ),
          ),
        );
        const holds = (code: string) =>
          [...truths[place]!.values()].some(
            ({ codes: held }) => (held[id] ?? []).filter((own) => own === code).length >= release.policy.minimumPersons,
          );
        const others = codes
          .map(({ code }) => code)
          .filter((code) => id !== "wave" && !declared.has(code) && !holds(code));
        expect([id, others]).toEqual([id, []]);
      }
    }
  });

  test("attack 26: a page offers these codes alone, and counts nothing in its menus", async () => {
    for (const { lifeEvent, release } of pictures) {
      const codes = new Set(release.variables.flatMap((variable) => variable.codes.map(({ code }) => code)));
      const { body } = await raw(url, `/pictures/${lifeEvent}`);
      const offered = [...body.matchAll(/<option[^>]*value="([^"]*)"[^>]*>([\s\S]*?)<\/option>/g)];
      const ids = new Set([
        ...release.variables.map(({ id }) => id),
        ...release.measures.map(({ id }) => id.split(".").at(-1)!),
      ]);
      for (const [, value = "", label = ""] of offered)
        expect([
          value,
          value === "" || value === "all" || codes.has(value) || ids.has(value),
          /\(\d+\)/.test(label),
        ]).toEqual([value, true, false]);
    }
  });
});

describe("attack 15: models of few, or of all but one", () => {
  test("attack 15: a model is of a published group of two hundred or more, and tells neither how many are in it nor its mean", () => {
    let looked = 0;
    for (const { release } of pictures) {
      const { cells } = release;
      const persons = new Map(
        cells
          .filter(({ measure, statistic }) => measure === "persons" && statistic === "count")
          .map((cell) => [JSON.stringify(cell.at), cell.figure]),
      );
      for (const { measure, at, figure } of cells) {
        if (!/^(driver|link)\./.test(measure) || figure.kind !== "value") continue;
        const people = persons.get(JSON.stringify(at));
        const enough = people?.kind === "value" && people.value >= (measure.startsWith("link.") ? 300 : 80);
        expect([measure, at, enough, figure.n, figure.versus]).toEqual([measure, at, true, null, []]);
        looked++;
      }
      // Beside the cells: shares in whole percents, R² to two decimals, and nothing of the fit, the rows or the residuals.
      const said = JSON.stringify({ drivers: release.drivers, links: release.links });
      expect(/intercept|residual|leverage|degrees|standardError|"n":\d/.test(said)).toBe(false);
    }
    expect(looked).toBeGreaterThan(100);
  });

  test("attack 15: no regression can be asked for: neither a dummy for one person nor a population is a field of any question", async () => {
    const asked = rightQuestion(pictures[0]!);
    for (const more of [
      { dummy: "person-1" },
      { where: "age > 60" },
      { regress: ["life", "health"] },
      { residuals: true },
    ]) {
      const plain = await raw(url, question(asked));
      const answer = await raw(url, question({ ...asked, ...more }));
      expect([Object.keys(more), answer.status >= 400 || answer.body === plain.body]).toEqual([
        Object.keys(more),
        true,
      ]);
    }
  });
});

describe("attacks 12 13 14: what may be asked at all", () => {
  test("attack 12: no smallest, largest, percentile or outlier is among the statistics, and no scale is of the data", () => {
    for (const { release } of pictures) {
      expect(release.cells.filter(({ statistic }) => !STATISTICS.includes(statistic))).toEqual([]);
      expect(STATISTICS.filter((statistic) => /min|max|p\d|quantile|range|sd|var/.test(statistic))).toEqual([]);
      for (const { min, max } of release.measures)
        expect([
          [0, 100],
          [0, null],
          [null, null],
        ]).toContainEqual([min, max]);
    }
  });

  test("attacks 13 14 16: no cut-off, filter, weight, row or person can be asked for", async () => {
    const found = new Set<string>();
    for (const more of [
      { cutoff: 37 },
      { below: 38 },
      { where: "score < 37" },
      { person: 17 },
      { row: 1 },
      { line: 2 },
      { assign: [7, 8, 3] },
      { weights: { health: 1 } },
      { not: { gender: "m" } },
      { select: ["a", "b"] },
      { statistic: "max" },
      { limit: 1, offset: 1 },
      { group: "not" },
    ]) {
      const { status, body } = await raw(url, question({ ...rightQuestion(pictures[0]!), ...more }));
      found.add(body);
      expect([more, status]).toEqual([more, 400]);
    }
    expect(found.size).toBe(1);
    const { release } = pictures[0] as Picture;
    for (const measure of ["low.health<37", "low.health.37", "low.health&segment=A", "person.1", "row.1"])
      expect(
        JSON.parse((await raw(url, question({ ...rightQuestion(pictures[0]!), measures: [measure] }))).body).result.data
          .json,
      ).toEqual({ release: release.id, cells: [] });
  });

  test("attack 05: several codes, all but one, and not are asked for in vain: only whole tables of stored cells are answered", async () => {
    const asked = rightQuestion(pictures[0]!);
    for (const wave of ["2024+2025", "all", "*", "not", "-1"]) {
      const { body } = await raw(url, question({ ...asked, wave }));
      expect([wave, /"cells":\[\]/.test(body) || /BAD_REQUEST/.test(body)]).toEqual([wave, true]);
    }
    for (const variables of [
      ["area", "area"],
      ["area", "wave"],
      ["area=837"],
      ["area!"],
      ["segment", "segment", "segment"],
    ]) {
      const { body } = await raw(url, question({ ...asked, variables }));
      const cells = /BAD_REQUEST/.test(body) ? [] : JSON.parse(body).result.data.json.cells;
      for (const { key, ...cell } of cells) expect(cell).toEqual(pictures[0]!.cells.get(key));
    }
  });

  test("attack 14: published segments hold fifty persons or more, and nothing of one person leaves the server", () => {
    const withSegments = pictures.filter(({ release }) => release.segmentation.labels.length > 0);
    expect(withSegments.length).toBeGreaterThan(0);
    for (const { release } of withSegments) {
      const truth = truths[pictures.findIndex((one) => one.release === release)]!.get(
        release.segmentation.referenceWave,
      ) as TrueWave;
      const model = JSON.parse(readFileSync(join(home, "vault", "releases", release.id, "model.json"), "utf8"));
      expect(model.model.centroids.length).toBe(release.segmentation.labels.length);
      const profiles = release.segmentation.certificate.segments;
      for (const { code } of release.segmentation.labels)
        expect(truth.codes.segment!.filter((own) => own === code).length).toBeGreaterThanOrEqual(50);
      // Centroids are told to two decimals; with all of theirs a row could be matched.
      const all = JSON.stringify(release);
      for (const centroid of model.model.centroids as number[][])
        for (const z of centroid) expect(all.includes(String(z))).toBe(false);
      expect(
        profiles
          .flatMap(({ profile }) => profile.map(({ z }) => Math.round(z * 100) / 100 - z))
          .every((rest) => Math.abs(rest) < 1e-9),
      ).toBe(true);
    }
  });
});

describe("attack 30: direct reach", () => {
  const up = ["..", "%2e%2e", "%2E%2E", "..%2f", "..%5c", "%252e%252e", "....//", ".%2e"];
  const goals = [
    "home.json",
    "vault/keys/person",
    "vault/releases",
    "samples",
    "etc/passwd",
    "package.json",
    "build/tilannekuva.mjs",
  ];

  test("attack 30: path traversal, hidden folders, debug routes: no file but the published ones is given", async () => {
    const { id } = pictures[0] as Picture;
    const extract = readdirSync(join(home, "vault", "extracts"))[0];
    const paths = [
      ...up.flatMap((step) => goals.map((goal) => `/api/published/${id}/${step}/${step}/${goal}`)),
      ...up.flatMap((step) => goals.map((goal) => `/_next/static/${step}/${step}/${step}/${goal}`)),
      ...up.map((step) => `/${step}/${step}/vault/extracts/${extract}/rows.duckdb`),
      ...[
        "/vault",
        `/vault/extracts/${extract}/rows.duckdb`,
        "/samples",
        "/home.json",
        "/build/tilannekuva.mjs",
        "/.next/trace",
        "/.git/config",
        "/package.json",
        "/server/env.ts",
        "/.env",
      ],
      ...[
        "/api/debug",
        "/api/sql",
        "/api/query",
        "/api/labels",
        "/api/inspect",
        "/debug",
        "/_next/webpack-hmr",
        "/__nextjs_original-stack-frame",
        "/__nextjs_source-map",
        "/_next/image?url=file%3A%2F%2F%2Fetc%2Fpasswd&w=64&q=75",
        "/_next/data/x/index.json",
        "/metrics",
        "/graphql",
      ],
    ];
    for (const path of paths) {
      const { status, body } = await raw(url, path);
      expect([path, status >= 400 || status === 308]).toEqual([path, true]);
      expect([
        path,
        /DUCK|root:x:|"format":1|tilannekuva\.extract|"dependencies"|paino;|line,segment/.test(body),
      ]).toEqual([path, false]);
    }
    expect(paths.length).toBeGreaterThan(100);
  }, 60_000);

  test("attack 30: the web process has no way to DuckDB or to rows: see tests/architecture/trace.test.ts", () => {
    const test = join(ROOT, "tests", "architecture", "trace.test.ts");
    expect(existsSync(test) && readFileSync(test, "utf8").includes("the built server has no way to the cellar")).toBe(
      true,
    );
  });
});

describe("attack 29: logs", () => {
  test("attack 29: after all this the server has said nothing of a row, a path of the vault, or what was asked", async () => {
    for (const one of HOSTILE)
      for (const field of ["release", "wave", "measures", "variables"])
        await raw(url, question({ ...rightQuestion(pictures[0]!), [field]: field.endsWith("s") ? [one] : one }));
    await raw(url, question({ ...rightQuestion(pictures[0]!), release: "canary-of-an-attacker.000000000000" }));
    const samples = readdirSync(join(home, "samples")).map((name) =>
      readFileSync(join(home, "samples", name), "latin1"),
    );
    const rows = samples.flatMap((text) => text.split(/\r?\n/).slice(1, 50)).filter((row) => row.length > 30);
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.filter((row) => log.includes(row))).toEqual([]);
    expect(log).not.toMatch(/vault|rows\.duckdb|labels\.csv|canary-of-an-attacker|DROP TABLE/);
    expect(log.length).toBeLessThan(20_000);
  });
});
