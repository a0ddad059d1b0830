import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Cell } from "../../data/contracts/cell.ts";
import { sampleHome, serveHome } from "../home.ts";
import { fetchPictures, type Picture } from "./answers.ts";
import { groupName, groupsOf } from "./attackers.ts";
import { HOSTILE, question, type Raw, raw, rightQuestion } from "./raw-request.ts";
import { variablesOf } from "./scenes.ts";
import { type TrueWave, trueWaves } from "./true-waves.ts";

/** Attacks 24 and 25 of METHOD §7.8: by what an error says, and by how long an answer takes. */
let url: string;
let stop: () => Promise<void>;
let pictures: Picture[];
let truths: Map<string, TrueWave>[];

beforeAll(async () => {
  const home = await sampleHome();
  ({ url, stop } = await serveHome(home));
  pictures = await fetchPictures(url);
  truths = pictures.map(({ release }) => trueWaves(home, release));
}, 600_000);
afterAll(() => stop?.());

describe("attack 24: errors", () => {
  test("attack 24: a wave, a variable, a release that is not there, or that no one could name: one answer each", async () => {
    const asked = rightQuestion(pictures[0]!);
    const answers = async (wrong: Record<string, unknown>[]) =>
      new Set(
        await Promise.all(wrong.map(async (one) => JSON.stringify(await raw(url, question({ ...asked, ...one }))))),
      );
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
      const { status: answered, body } = JSON.parse([...found][0] as string) as Raw;
      expect(answered).toBe(status);
      expect(body).not.toMatch(/stack|node_modules|\.ts|vault|published|sql/i);
    }
  });

  test("attack 24: a measure that is not there is answered like one that nobody could name", async () => {
    const found = new Set(
      await Promise.all(
        ["item.nothing", ...HOSTILE].map(async (one) =>
          JSON.stringify(await raw(url, question({ ...rightQuestion(pictures[0]!), measures: [one] }))),
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
          const { body } = await raw(
            url,
            question({ release: release.id, wave, measures: ["persons"], variables: table }),
          );
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
      await Promise.all(files.map(async (path) => JSON.stringify(await raw(url, `/api/published/${path}`)))),
    );
    expect([...found].map((one) => JSON.parse(one))).toEqual([
      { status: 404, type: "application/json", body: '{"code":"not-found"}' },
    ]);
    for (const path of [
      `/pictures/${lifeEvent}?release=${lifeEvent}.000000000000`,
      `/pictures/${lifeEvent}?wave=nothing`,
      "/pictures/nothing",
    ]) {
      const { body } = await raw(url, path);
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
          await raw(url, paths[name]);
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
