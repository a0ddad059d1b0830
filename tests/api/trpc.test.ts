import { createTRPCClient, httpBatchLink } from "@trpc/client";
import superjson from "superjson";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Cell } from "../../data/contracts/cell.ts";
import { cellKey } from "../../data/contracts/cell-key.ts";
import type { Release } from "../../data/contracts/release.ts";
import type { AppRouter } from "../../server/api/router.ts";
import { sampleHome, serveHome } from "../home.ts";

let url: string;
let stop: () => Promise<void>;
let release: Release;
let stored: Map<string, Cell>;
let client: ReturnType<typeof createTRPCClient<AppRouter>>;

beforeAll(async () => {
  ({ url, stop } = await serveHome(await sampleHome()));
  const pointers: Record<string, { release: string }> = await (await fetch(`${url}/api/published`)).json();
  const id = Object.values(pointers)[0]?.release;
  release = await (await fetch(`${url}/api/published/${id}/release.json`)).json();
  stored = new Map(release.cells.map((cell) => [cellKey(cell.measure, cell.statistic, cell.at), cell]));
  client = createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: `${url}/api/trpc`, transformer: superjson })] });
});
afterAll(() => stop?.());

const wave = () => release.variables.find(({ id }) => id === "wave")?.codes.at(-1)?.code ?? "";

describe("picture.cells", () => {
  test("answers every stored cell that is asked for, as it is stored, and no other", async () => {
    for (const variables of [[], ["segment"], ["area"], ["segment", "area"], ["area", "segment"]]) {
      const { cells } = await client.picture.cells.query({
        release: release.id,
        wave: wave(),
        measures: ["dimension."],
        variables,
      });
      const expected = release.cells.filter(
        ({ measure, at }) =>
          measure.startsWith("dimension.") &&
          at.wave === wave() &&
          Object.keys(at).length === variables.length + 1 &&
          variables.every((one) => at[one] !== undefined),
      );
      expect(cells.map(({ key }) => key)).toEqual(
        expected.map((cell) => cellKey(cell.measure, cell.statistic, cell.at)),
      );
      for (const { key, ...cell } of cells) expect(cell).toEqual(stored.get(key));
    }
  });

  test("an id is a whole id: no measure is found by half of its name", async () => {
    const { cells } = await client.picture.cells.query({
      release: release.id,
      wave: wave(),
      measures: ["dimension", "dimension.hea"],
      variables: [],
    });
    expect(cells).toEqual([]);
  });

  test.each([
    ["a release that is not", { release: "nothing.000000000000" }, "NOT_FOUND"],
    ["a path for a release", { release: "../../vault" }, "NOT_FOUND"],
    ["four variables", { variables: ["a", "b", "c", "d"] }, "BAD_REQUEST"],
    ["no measure", { measures: [] }, "BAD_REQUEST"],
    ["a field that nobody knows", { where: "1=1" }, "BAD_REQUEST"],
  ])("planted: %s is refused, and nothing is told of the inside", async (_what, wrong, code) => {
    const asked = { release: release.id, wave: wave(), measures: ["dimension."], variables: [], ...wrong };
    const input = encodeURIComponent(JSON.stringify(superjson.serialize(asked)));
    const answer = await fetch(`${url}/api/trpc/picture.cells?input=${input}`);
    const text = await answer.text();
    expect(answer.ok).toBe(false);
    expect(text).toContain(code);
    expect(text).not.toMatch(/stack|node_modules|\.ts|\/vault\/|published\//);
  });
});

describe("the door", () => {
  test("eleven questions at once are refused, ten are answered", async () => {
    const input = superjson.serialize({
      release: release.id,
      wave: wave(),
      measures: ["dimension.health"],
      variables: [],
    });
    const batch = (count: number) => {
      const all = Object.fromEntries(Array.from({ length: count }, (_, place) => [place, input]));
      return fetch(
        `${url}/api/trpc/${Array(count).fill("picture.cells").join(",")}?batch=1&input=${encodeURIComponent(JSON.stringify(all))}`,
      );
    };
    expect((await batch(10)).status).toBe(200);
    expect((await batch(11)).status).toBe(400);
  });

  const types = [
    "application/json",
    "text/plain",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
    "application/octet-stream",
    "",
  ];
  const origins = [
    {},
    { origin: "https://elsewhere.example" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site", origin: "null" },
  ];

  test.each(types.flatMap((type) => origins.map((origin) => ({ type, origin }))))(
    "planted: a POST of type $type from $origin is not heard",
    async ({ type, origin }) => {
      const headers = { ...origin, ...(type ? { "content-type": type } : {}) } as Record<string, string>;
      const answer = await fetch(`${url}/api/trpc/picture.cells`, { method: "POST", headers, body: "{}" });
      expect(answer.status).toBe(403);
    },
  );

  test("our own pages may post, and are told that there are queries only; a body over 1 MB is refused", async () => {
    const post = (body: string) =>
      fetch(`${url}/api/trpc/picture.cells`, {
        method: "POST",
        headers: { origin: url, "content-type": "application/json" },
        body,
      });
    expect((await post("{}")).status).toBe(405);
    expect((await post(`"${"x".repeat(1024 * 1024 + 1)}"`)).status).toBe(413);
  });
});

describe("picture.around", () => {
  test("answers the cells that differ from what is asked in one code at most, and the dimensions that differ in none", async () => {
    const variables = release.variables.filter(({ id }) => id !== "wave");
    const [one, other] = [variables[0], variables.at(-1)];
    const at = { [one?.id ?? ""]: one?.codes[0]?.code ?? "", [other?.id ?? ""]: other?.codes[0]?.code ?? "" };
    for (const cut of [{}, { [one?.id ?? ""]: one?.codes[0]?.code ?? "" }, at]) {
      const asked = {
        release: release.id,
        measure: "dimension.health",
        statistic: "mean",
        wave: wave(),
        at: cut,
      } as const;
      const { cells } = await client.picture.around.query(asked);
      const is: Record<string, string> = { wave: wave(), ...cut };
      const expected = [...stored].filter(([, cell]) => {
        const others = Object.entries(cell.at).filter(([name, code]) => is[name] !== code).length;
        const isMeasure = cell.measure === asked.measure && cell.statistic === "mean";
        return isMeasure ? others < 2 : others === 0 && /^dimension\./.test(cell.measure) && cell.statistic === "mean";
      });
      expect(cells.map(({ key }) => key).sort()).toEqual(expected.map(([key]) => key).sort());
      for (const { key, figure } of cells) {
        const whole = stored.get(key)?.figure;
        const everyone = whole?.kind === "value" ? whole.versus.filter(({ against }) => against === "everyone") : [];
        expect(figure).toEqual(whole?.kind === "value" ? { ...whole, versus: everyone } : whole);
      }
    }
  });

  test.each([
    ["a release that is not", { release: "nothing.000000000000" }, "NOT_FOUND"],
    ["a path for a release", { release: "../../vault" }, "NOT_FOUND"],
    [
      "thirty variables",
      { at: Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`v${n}`, "x"])) },
      "BAD_REQUEST",
    ],
    ["a code that is none", { at: { area: "' OR 1=1" } }, "BAD_REQUEST"],
    ["a field that is none", { more: 1 }, "BAD_REQUEST"],
  ])("planted: %s is refused without a word of why", async (_, change, code) => {
    const asked = {
      release: release.id,
      measure: "dimension.health",
      statistic: "mean",
      wave: wave(),
      at: {},
      ...change,
    };
    const input = encodeURIComponent(JSON.stringify({ json: asked }));
    const answer = await fetch(`${url}/api/trpc/picture.around?input=${input}`);
    expect((await answer.json()).error.json.data).toEqual({ code, httpStatus: answer.status });
  });
});
