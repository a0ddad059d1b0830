import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import superjson from "superjson";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cell, STATISTICS } from "../../data/contracts/cell.ts";
import type { Codebook } from "../../data/contracts/codebook.ts";
import { freePort } from "../../server/start/port.mjs";
import { COMMAND, ROOT } from "../command.ts";
import { sampleHome, serveHome } from "../home.ts";
import { fetchPictures, type Picture } from "./answers.ts";
import { groupName, groupsOf } from "./attackers.ts";
import { variablesOf } from "./scenes.ts";
import { type TrueWave, trueWaves } from "./true-waves.ts";

/** Attacks of METHOD §7.8 by errors, by time, by lists, by logs, and straight at the files. */
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

type Answer = { status: number; type: string; body: string };
/** What a path answers, taken as it is written: nothing on the way makes it shorter. */
const raw = (path: string) =>
  new Promise<Answer>((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () =>
        resolve({
          status: answer.statusCode ?? 0,
          type: answer.headers["content-type"] ?? "",
          body: Buffer.concat(chunks).toString("latin1"),
        }),
      );
    })
      .on("error", reject)
      .end();
  });
const question = (asked: Record<string, unknown>) =>
  `/api/trpc/picture.cells?input=${encodeURIComponent(JSON.stringify(superjson.serialize(asked)))}`;
const rightQuestion = () => {
  const { release } = pictures[0] as Picture;
  return {
    release: release.id,
    wave: release.variables[0]!.codes[0]!.code,
    measures: ["persons"],
    variables: [] as string[],
  };
};
const HOSTILE = [
  "' OR 1=1 --",
  "x; DROP TABLE rows",
  "1/0",
  "\u0000",
  "../../vault",
  "<script>alert(1)</script>",
  "${7*7}",
  "%00",
];

describe("attack 24: errors", () => {
  test("attack 24: a wave, a variable, a release that is not there, or that no one could name: one answer each", async () => {
    const asked = rightQuestion();
    const answers = async (wrong: Record<string, unknown>[]) =>
      new Set(await Promise.all(wrong.map(async (one) => JSON.stringify(await raw(question({ ...asked, ...one }))))));
    const releases = ["nothing.000000000000", "../../vault", ...HOSTILE].map((release) => ({ release }));
    const waves = HOSTILE.map((wave) => ({ wave }));
    const variables = HOSTILE.map((one) => ({ variables: [one] }));
    for (const [wrong, status] of [
      [releases, 404],
      [waves, 400],
      [variables, 400],
    ] as const) {
      const found = await answers(wrong);
      expect([...found].length).toBe(1);
      const { status: answered, body } = JSON.parse([...found][0] as string) as Answer;
      expect(answered).toBe(status);
      expect(body).not.toMatch(/stack|node_modules|\.ts|vault|published|sql/i);
    }
  });

  test("attack 24: a measure that is not there is answered like one that nobody could name", async () => {
    const found = new Set(
      await Promise.all(
        ["item.nothing", ...HOSTILE].map(async (one) =>
          JSON.stringify(await raw(question({ ...rightQuestion(), measures: [one] }))),
        ),
      ),
    );
    expect([...found].length).toBe(1);
  });

  test("attack 24: of a protected cell the answer is the same text and size, with nobody, with five and with many in it", async () => {
    const sizes = new Map<string, Set<string>>();
    for (const [place, { release, cells }] of pictures.entries()) {
      for (const [wave, truth] of truths[place]!) {
        const variables = variablesOf(release);
        const tables = variables.flatMap((one, index) => variables.slice(index + 1).map((two) => [one, two]));
        for (const table of tables) {
          const groups = groupsOf(table, { dimensions: truth.codes, people: truth.counted });
          const { body } = await raw(question({ release: release.id, wave, measures: ["persons"], variables: table }));
          for (const { key, at, statistic, ...rest } of JSON.parse(body).result.data.json.cells) {
            if (rest.figure.kind !== "protected" || statistic !== "count") continue;
            const n = groups.get(groupName(table.map((id) => at[id])))?.length ?? 0;
            const what = n === 0 ? "nobody" : n < 10 ? "few" : "many";
            sizes.set(what, (sizes.get(what) ?? new Set()).add(JSON.stringify(rest)));
            expect(cells.get(key)?.figure).toEqual({ kind: "protected" });
          }
        }
      }
    }
    expect([...sizes.keys()].sort()).toEqual(["few", "many", "nobody"]);
    expect(new Set([...sizes.values()].flatMap((texts) => [...texts]))).toEqual(
      new Set(['{"measure":"persons","figure":{"kind":"protected"}}']),
    );
  });

  test("attack 24: files and pages that are not there, or must not be", async () => {
    const { id, lifeEvent } = pictures[0] as Picture;
    const files = [
      "nothing.000000000000/release.json",
      `${id}/members.json`,
      `${id}/SHA256SUMS`,
      "current/release.json",
      `${id}/cells.parquet`,
    ];
    const found = new Set(
      await Promise.all(files.map(async (path) => JSON.stringify(await raw(`/api/published/${path}`)))),
    );
    expect([...found].map((one) => JSON.parse(one))).toEqual([
      { status: 404, type: "application/json", body: '{"code":"not-found"}' },
    ]);
    for (const path of [
      `/pictures/${lifeEvent}?release=${lifeEvent}.000000000000`,
      `/pictures/${lifeEvent}?wave=nothing`,
      "/pictures/nothing",
    ]) {
      const { body } = await raw(path);
      expect(body).not.toMatch(/node_modules|\/vault\/|published\/|at \w+ \(/);
    }
  });
});

describe("attack 25: timing", () => {
  test("attack 25: 200 calls protected, published and not there, in turn: their times cannot be told apart", async () => {
    const { release } = [...pictures].sort((one, two) => one.cells.size - two.cells.size)[0] as Picture;
    const alone = (kind: string) =>
      release.cells.find(
        ({ measure, at, figure }) =>
          figure.kind === kind && Object.keys(at).length === 1 && /^(missing|item)\./.test(measure),
      ) as Cell;
    const [open, closed] = [alone("value"), alone("protected")];
    const asked = { release: release.id, wave: closed.at.wave, variables: [] };
    const paths = {
      published: question({ ...asked, wave: open.at.wave, measures: [open.measure] }),
      protected: question({ ...asked, measures: [closed.measure] }),
      "not-there": question({ ...asked, measures: [`${closed.measure}x`] }),
    };
    const names = Object.keys(paths) as (keyof typeof paths)[];
    const repeat = async (calls = 200) => {
      const times: Record<string, number[]> = { published: [], protected: [], "not-there": [] };
      for (let call = 0; call < calls; call++)
        for (let turn = 0; turn < 3; turn++) {
          const name = names[(call + turn) % 3]!;
          const begun = performance.now();
          await raw(paths[name]);
          times[name]!.push(performance.now() - begun);
        }
      return [areaUnder(times.protected!, times.published!), areaUnder(times.protected!, times["not-there"]!)];
    };
    await repeat(50);
    const repeats = [await repeat(), await repeat(), await repeat()];
    console.log(
      `attack 25: rank AUC of protected against published, not there: ${repeats.map((pair) => pair.map((one) => one.toFixed(2)).join(" ")).join(" | ")}`,
    );
    for (const which of [0, 1])
      expect(repeats.filter((pair) => Math.abs((pair[which] as number) - 0.5) <= 0.1).length).toBeGreaterThanOrEqual(2);
  }, 120_000);
});

/** How often a number of the one is above one of the other: .5 where they are alike. */
function areaUnder(one: readonly number[], other: readonly number[]): number {
  let sum = 0;
  for (const a of one) for (const b of other) sum += a > b ? 1 : a === b ? 0.5 : 0;
  return sum / (one.length * other.length);
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
      const { body } = await raw(`/pictures/${lifeEvent}`);
      const offered = [...body.matchAll(/<option[^>]*value="([^"]*)"[^>]*>([\s\S]*?)<\/option>/g)];
      const ids = new Set([
        ...release.variables.map(({ id }) => id),
        ...release.measures.map(({ id }) => id.split(".").at(-1)!),
      ]);
      for (const [, value = "", label = ""] of offered)
        expect([value, value === "" || codes.has(value) || ids.has(value), /\(\d+\)/.test(label)]).toEqual([
          value,
          true,
          false,
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
      const { status, body } = await raw(question({ ...rightQuestion(), ...more }));
      found.add(body);
      expect([more, status]).toEqual([more, 400]);
    }
    expect(found.size).toBe(1);
    const { release } = pictures[0] as Picture;
    for (const measure of ["low.health<37", "low.health.37", "low.health&segment=A", "person.1", "row.1"])
      expect(
        JSON.parse((await raw(question({ ...rightQuestion(), measures: [measure] }))).body).result.data.json,
      ).toEqual({ release: release.id, cells: [] });
  });

  test("attack 05: several codes, all but one, and not are asked for in vain: only whole tables of stored cells are answered", async () => {
    const asked = rightQuestion();
    for (const wave of ["2024+2025", "all", "*", "not", "-1"]) {
      const { body } = await raw(question({ ...asked, wave }));
      expect([wave, /"cells":\[\]/.test(body) || /BAD_REQUEST/.test(body)]).toEqual([wave, true]);
    }
    for (const variables of [
      ["area", "area"],
      ["area", "wave"],
      ["area=837"],
      ["area!"],
      ["segment", "segment", "segment"],
    ]) {
      const { body } = await raw(question({ ...asked, variables }));
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
      const { status, body } = await raw(path);
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
    await raw(question({ ...rightQuestion(), release: "canary-of-an-attacker.000000000000" }));
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
