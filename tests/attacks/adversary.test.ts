import { afterAll, beforeAll, expect, test } from "vitest";
import { type Asked, adversary, boundsOf } from "./adversary.ts";
import { isAnswered } from "./answers.ts";
import { groupName, groupsOf, told } from "./attackers.ts";
import { seeSamples, type Wave } from "./sample-waves.ts";
import { tablesOf, variablesOf, without } from "./scenes.ts";
import { tally } from "./tally.ts";

/** An adversary of our own, beside METHOD's list: a hundred thousand questions, each chosen by what was answered before. */
const QUERIES = 100_000;
const NONE = "–";
let waves: Wave[];
const { counted, print } = tally("an adversary that asks on");

beforeAll(async () => {
  ({ waves } = await seeSamples());
}, 600_000);
afterAll(print);

/** What there is to ask, and who is in it: `answered` says of which cells the server answers. */
function whatToAsk({ release, truth }: Wave, isTold: (at: Record<string, string>, n: number) => boolean) {
  const variables = variablesOf(release);
  const column = (id: string) => truth.codes[id]!.map((code) => code ?? NONE);
  const dimensions = Object.fromEntries(variables.map((id) => [id, column(id)]));
  const codes = new Map(
    release.variables
      .filter(({ id }) => id !== "wave")
      .map(({ id, codes: list }) => {
        const all = list.map(({ code }) => code);
        const none = dimensions[id]!.some((code, row) => truth.counted[row] === 1 && !all.includes(code));
        return [id, none ? [...all, NONE] : all] as const;
      }),
  );
  const sizes = new Map<string, Map<string, Int32Array>>();
  const sizeOf = (at: Record<string, string>) => {
    const table = Object.keys(at).sort();
    const groups = sizes.get(table.join()) ?? groupsOf(table, { dimensions, people: truth.counted });
    sizes.set(table.join(), groups);
    return groups.get(groupName(table.map((id) => at[id]!)))?.length ?? 0;
  };
  const ask = (at: Record<string, string>) => {
    const n = sizeOf(at);
    return isTold(at, n) ? n : null;
  };
  return { asked: { codes, ask } satisfies Asked, sizeOf };
}

/** The released cells; and the cells of a server with nothing but a threshold. */
function servers(wave: Wave) {
  const { release, truth, cells } = wave;
  const answered = new Set(
    cells
      .filter((cell) => isAnswered(cell) && !/^(unclassifiable|service)/.test(cell.measure))
      .map(({ at }) => told(without(at))),
  );
  const tables = new Set(tablesOf({ release, truth }).map((table) => [...table].sort().join()));
  const isCell = (at: Record<string, string>) =>
    tables.has(Object.keys(at).sort().join()) && !Object.values(at).includes(NONE);
  return {
    released: whatToAsk(wave, (at) => answered.has(told(at))),
    threshold: whatToAsk(wave, (at, n) => n >= release.policy.minimumPersons && isCell(at)),
  };
}

test("TRUST P3: an adversary that asks a hundred thousand times, each time by what it was answered, works no group below k out", () => {
  const leaks: string[] = [];
  let atThreshold = 0;
  for (const wave of waves) {
    const k = wave.release.policy.minimumPersons;
    const { released, threshold } = servers(wave);
    const before = adversary(threshold.asked, { queries: QUERIES / 5, k, seed: 1 });
    const { queries, groups, found } = adversary(released.asked, { queries: QUERIES, k, seed: 1 });
    for (const one of before.found) expect(one.size).toBeGreaterThan(0);
    counted(
      "adversary",
      `${wave.name}: ${queries} questions, ${groups} groups tried (before: ${before.queries})`,
      before.found.length,
      found,
    );
    expect([queries >= QUERIES, groups > 1000]).toEqual([true, true]);
    expect(before.found.length).toBeGreaterThan(0);
    atThreshold += before.found.length;
    leaks.push(...found.map(({ box, size }) => `${wave.name}: ${box} = ${size}`));
  }
  expect(atThreshold).toBeGreaterThan(60);
  expect(leaks).toEqual([]);
}, 180_000);

test("TRUST P2: nor to within one: parts make up their whole, and nobody is fewer than none", () => {
  const leaks: string[] = [];
  for (const wave of waves) {
    const everyone = wave.truth.counted.reduce((sum, held) => sum + held, 0);
    const k = wave.release.policy.minimumPersons;
    const nearly = ({ asked, sizeOf }: ReturnType<typeof whatToAsk>) =>
      [...boundsOf(asked, everyone).values()].flatMap(({ at, low, high }) => {
        const n = sizeOf(at);
        if (n < low || n > high) throw new Error(`${told(at)}: ${n} is not between ${low} and ${high}`);
        return n > 0 && n < k && high - low <= 2 ? [`${wave.name}: ${told(at)} is ${low} to ${high}`] : [];
      });
    const { released, threshold } = servers(wave);
    const [before, found] = [nearly(threshold), nearly(released)];
    counted("bounds", `${wave.name}: to within one`, before.length, found);
    expect(before.length).toBeGreaterThan(20);
    leaks.push(...found);
  }
  expect(leaks).toEqual([]);
}, 180_000);
