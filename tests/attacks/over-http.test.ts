import { createHash } from "node:crypto";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { parse } from "papaparse";
import superjson from "superjson";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Cell } from "../../data/contracts/cell.ts";
import { Release } from "../../data/contracts/release.ts";
import { temporaryFolder } from "../command.ts";
import { sampleHome, serveHome } from "../home.ts";
import { fetchPictures, type Picture } from "./answers.ts";
import { groupName, groupsOf } from "./attackers.ts";
import { tablesOf } from "./scenes.ts";
import { type TrueWave, trueWaves } from "./true-waves.ts";

/** Attacks of METHOD §7.8 that go for the door: the same question again, errors, time, payloads, paths. */
let home: string;
let bare: string;
let url: string;
let stop: () => Promise<void>;
let other: { url: string; stop: () => Promise<void> };
let pictures: Picture[];
let truths: Map<string, TrueWave>[];
const PREFIXES = ["", "/sv", "/en"];

beforeAll(async () => {
  home = await sampleHome();
  ({ url, stop } = await serveHome(home));
  pictures = await fetchPictures(url);
  truths = pictures.map(({ release }) => trueWaves(home, release));
  // A server that has never seen a vault: nothing but what is published.
  bare = temporaryFolder("bare");
  cpSync(join(home, "published"), join(bare, "published"), { recursive: true });
  cpSync(join(home, "home.json"), join(bare, "home.json"));
  other = await serveHome(bare);
}, 600_000);
afterAll(async () => {
  await Promise.all([stop?.(), other?.stop()]);
  rmSync(bare, { recursive: true, force: true });
});

type Asked = { release: string; wave: string; measures: string[]; variables: string[] };
const address = (asked: Partial<Asked> | Record<string, unknown>, base = url) =>
  `${base}/api/trpc/picture.cells?input=${encodeURIComponent(JSON.stringify(superjson.serialize(asked)))}`;
const text = async (path: string, headers: Record<string, string> = {}) =>
  (await fetch(path, { headers: { connection: "close", ...headers } })).text();
/** The pages of a picture in each language, and as its own controls ask for them. */
const pagesOf = ({ lifeEvent, release }: Picture) => {
  const [wave, ...variables] = release.variables;
  const picture = `/pictures/${lifeEvent}`;
  return [
    ...PREFIXES.flatMap((prefix) => [prefix || "/", prefix + picture, `${prefix}${picture}/method`]),
    ...wave!.codes.slice(0, -1).map(({ code }) => `/sv${picture}?wave=${code}`),
    ...variables.slice(0, 3).map(({ id }) => `/en${picture}?dimension=health&by=${id}`),
    ...release.segmentation.labels
      .slice(0, 1)
      .flatMap(({ code }) => [`${picture}?segment=${code}`, `${picture}/segments/${code}`]),
    `/sv${picture}/groups/band-1`,
    `${picture}?where=people`,
    ...variables.slice(-1).map(({ id, codes }) => `${picture}?compare=${id}:${codes[0]?.code}:all`),
  ];
};
/**
 * What a page is made of: the beginnings of its elements with their texts, and the numbers with a fraction that it hands to its
 * islands. Both come in pieces, of whatever order and number the server had ready.
 */
const madeOf = (html: string) => {
  const nonce = /nonce="([0-9a-f]{32})"/.exec(html)?.[1] ?? "no nonce";
  const scripts = html.match(/<script[\s\S]*?<\/script>/g) ?? [];
  const handed = scripts.join("").match(/-?\d+\.\d+/g) ?? [];
  const pieces = html
    .replaceAll(/<script[\s\S]*?<\/script>|<!--[\s\S]*?-->/g, "")
    .replaceAll(nonce, "")
    .split(/(?=<)/);
  const elements = pieces.filter(
    (piece) => !/^<(\/(div|template|script)>$|template|link|div hidden(="")? id="S:)/.test(piece),
  );
  return [elements.sort().join("\n"), [...new Set(handed)].sort().join(" ")];
};
/** A document with its fields in one order. */
const canonical = (document: unknown): string =>
  JSON.stringify(document, (_, value) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [two]) => (one < two ? -1 : 1)))
      : value,
  );
const digest = (body: string) => createHash("sha256").update(body).digest("hex");

describe("attack 06: the same query", () => {
  test("attack 06: 1 000 times, measures and variables in any order, as anyone, after a restart: the same bytes", async () => {
    const [{ release }] = [...pictures].sort((one, two) => one.cells.size - two.cells.size) as [Picture];
    const [first, second] = release.grids.find((grid) => grid.length === 3)!.slice(1) as [string, string];
    const wave = release.variables[0]!.codes.at(-1)!.code;
    const measures = ["dimension.health", "persons", "dimension.social"];
    const found = new Set<string>();
    for (let time = 0; time < 1000; time += 10)
      await Promise.all(
        Array.from({ length: 10 }, async (_, index) => {
          const turn = (time + index) % 3;
          const asked = {
            ...{ release: release.id, wave, variables: index % 2 === 0 ? [first, second] : [second, first] },
            measures: [...measures.slice(turn), ...measures.slice(0, turn)],
          };
          const headers = {
            "user-agent": `reader ${time}`,
            cookie: `session=${index}`,
            "accept-language": index % 2 ? "sv" : "fi",
          };
          found.add(digest(await text(address(asked, index === 9 ? other.url : url), headers)));
        }),
      );
    expect(found.size).toBe(1);
  }, 120_000);

  test("attack 06: a release's files, again and after a restart", async () => {
    for (const { id, csv, json } of pictures)
      for (const base of [url, other.url]) {
        expect(digest(await text(`${base}/api/published/${id}/cells.csv`))).toBe(digest(csv));
        expect(digest(await text(`${base}/api/published/${id}/release.json`))).toBe(digest(json));
      }
  });
});

describe("attacks 22 23 27: exports, payloads, generated text", () => {
  test("attacks 22 27: every page is made of published files alone: a server without a vault writes the same", async () => {
    let looked = 0;
    for (const picture of pictures)
      for (const path of pagesOf(picture)) {
        const [here, there] = await Promise.all([text(url + path), text(other.url + path)]);
        expect(here.length).toBeGreaterThan(5000);
        expect([path, ...madeOf(here).map(digest)]).toEqual([path, ...madeOf(there).map(digest)]);
        looked++;
      }
    expect(looked).toBeGreaterThan(20);
  }, 120_000);

  test("attack 22: the Arrow stream holds the CSV's rows, value for value", async () => {
    for (const { id, csv } of pictures) {
      const [header = [], ...rows] = parse<string[]>(csv.trimEnd()).data;
      const table = tableFromIPC(await (await fetch(`${url}/api/published/${id}/cells.arrow`)).arrayBuffer());
      expect(table.schema.fields.map(({ name }) => name)).toEqual(header);
      expect([id, table.numRows]).toEqual([id, rows.length]);
      const columns = header.map((name) => table.getChild(name)?.memoize());
      const differs = (row: string[], place: number) =>
        columns.some((column, at) => String(column?.get(place) ?? "") !== row[at]);
      expect([id, rows.filter(differs)]).toEqual([id, []]);
    }
  }, 120_000);

  test("attack 22: CSV, JSON and the islands' answers hold the same cells, and pages print no figure that these do not", async () => {
    for (const { release, csv, cells, lifeEvent } of pictures) {
      expect(csv.trimEnd().split("\n").length - 1).toBe(cells.size);
      const grids = release.grids.filter((_, place) => place % 3 === 0);
      const measures = [...new Set(release.measures.map(({ id }) => id.replace(/\..*/, ".")))].concat("persons");
      for (const grid of grids)
        for (const { code: wave } of release.variables[0]!.codes) {
          const asked = { release: release.id, wave, measures, variables: grid.filter((id) => id !== "wave") };
          const answered: (Cell & { key: string })[] = JSON.parse(await text(address(asked))).result.data.json.cells;
          const isOther = ({ key, ...cell }: (typeof answered)[number]) =>
            canonical(cells.get(key)) !== canonical(cell);
          const stored = release.cells.filter(
            ({ at }) => at.wave === wave && Object.keys(at).sort().join() === [...grid].sort().join(),
          );
          expect([grid, answered.length, answered.filter(isOther)]).toEqual([grid, stored.length, []]);
        }
      for (const prefix of PREFIXES) {
        const html = await text(`${url}${prefix}/pictures/${lifeEvent}`);
        const printed = [...html.matchAll(/<(\w+)[^>]* data-cell="([^"]*)"[^>]*>([\s\S]*?)<\/\1>/g)];
        expect(printed.length).toBeGreaterThan(500);
        for (const [, , key = "", inside = ""] of printed) {
          const cell = cells.get(key.replaceAll("&amp;", "&"));
          expect([key, cell !== undefined]).toEqual([key, true]);
          if (cell?.figure.kind !== "value")
            expect([key, /\d/.test(inside.replaceAll(/<[^>]*>/g, ""))]).toEqual([key, false]);
        }
        const spoken = [...html.matchAll(/ (?:alt|aria-label|title|aria-description|content)="([^"]*)"/g)].map(
          ([, said = ""]) => said,
        );
        const numbers = numbersIn(release);
        for (const said of spoken.filter((one) => !/width=|nonce|charset/.test(one)))
          for (const number of said.match(/\d+(?:[.,]\d+)?/g) ?? [])
            expect([said, numbers.has(number.replace(",", "."))]).toEqual([said, true]);
      }
    }
  }, 120_000);

  test("attack 23: over-fetch: a protected figure is one and the same, whoever is in it, and no field says more", () => {
    const kinds = new Set<string>();
    pictures.forEach(({ release, cells }, place) => {
      Release.parse(release);
      const keys = [...cells.keys()];
      expect(keys).toEqual([...keys].sort((one, two) => (one < two ? -1 : 1)));
      for (const [wave, truth] of truths[place]!) {
        for (const table of tablesOf({ release, truth })) {
          const groups = groupsOf(table, { dimensions: truth.codes, people: truth.counted });
          for (const cell of release.cells) {
            if (cell.measure !== "persons" || cell.statistic !== "count" || cell.at.wave !== wave) continue;
            if (cell.figure.kind !== "protected" || Object.keys(cell.at).length !== table.length + 1) continue;
            if (!table.every((id) => id in cell.at)) continue;
            const n = groups.get(groupName(table.map((id) => cell.at[id] ?? null)))?.length ?? 0;
            kinds.add(n === 0 ? "nobody" : n < release.policy.minimumPersons ? "few" : "computable");
          }
        }
      }
      const odd = release.cells.filter(({ figure, ...rest }) => {
        if (Object.keys(rest).sort().join() !== "at,measure,statistic") return true;
        if (figure.kind !== "value") return JSON.stringify(figure) !== `{"kind":"${figure.kind}"}`;
        return figure.n !== null && figure.n % 5 !== 0;
      });
      expect(odd).toEqual([]);
    });
    expect([...kinds].sort()).toEqual(["computable", "few", "nobody"]);
  });

  test("attack 23: over-fetch: nothing unrounded: two decimals at most, and numbers of persons to five but for a whole wave's", () => {
    for (const { release } of pictures) {
      const numbers = everyNumber({ ...release, cells: [] });
      const deep = numbers.filter(({ number }) => Math.abs(number * 100 - Math.round(number * 100)) > 1e-6);
      expect(deep).toEqual([]);
      const exact = numbers.filter(
        ({ path, number }) => /(^|\.)(n|respondents|withoutWeight)$/.test(path) && number % 5 !== 0,
      );
      expect(
        exact.every(({ path }) => /^inputs\.\d+\.(respondents|respondentsByWave\.\d+\.respondents)$/.test(path)),
      ).toBe(true);
      const unrounded = release.cells.filter(({ statistic, figure }) => {
        if (figure.kind !== "value") return false;
        const decimals = statistic === "correlation" ? 2 : statistic === "mean" || statistic === "slope" ? 1 : 0;
        const shown = [
          figure.value,
          figure.low,
          figure.high,
          ...figure.versus.flatMap(({ difference, low, high }) => [difference, low, high]),
        ];
        return shown.some((number) => number !== null && Number(number.toFixed(decimals)) !== number);
      });
      expect(unrounded).toEqual([]);
    }
  });

  test("attack 23: over-fetch: source maps and what a server is made of are not given out", async () => {
    const html = await text(`${url}/pictures/${pictures[0]!.lifeEvent}`);
    const scripts = [...html.matchAll(/\/_next\/static\/[^"'\\ ]+?\.(?:js|css)/g)].map(([path]) => path);
    expect(scripts.length).toBeGreaterThan(3);
    for (const path of new Set(scripts)) {
      expect([path, (await fetch(url + path)).status]).toEqual([path, 200]);
      expect([path, (await fetch(`${url}${path}.map`)).status]).toEqual([path, 404]);
    }
  });
});

/** Every number of a document with where it stands. */
function everyNumber(document: unknown, path = ""): { path: string; number: number }[] {
  if (typeof document === "number") return [{ path, number: document }];
  if (document === null || typeof document !== "object") return [];
  return Object.entries(document).flatMap(([key, value]) => everyNumber(value, path === "" ? key : `${path}.${key}`));
}

/** Every number that a release says or names, as a page would write it. */
function numbersIn(release: Release): Set<string> {
  const written = new Set(JSON.stringify(release).match(/\d+(?:\.\d+)?/g));
  for (const number of [...written]) {
    if (/^\d+$/.test(number)) written.add(`${number}.0`);
    for (const part of number.split(/(?=(?:\d{3})+$)/)) written.add(part);
  }
  return written;
}
