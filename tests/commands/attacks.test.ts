import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPublishedFile } from "../../server/store/published/read-file.ts";
import { COMMAND, command, done, temporaryFolder, tree } from "../command.ts";
import { sampleHome } from "../home.ts";

const names = { fi: "a", sv: "b", en: "c" };
const item = (column: string, dimension: string) => ({
  column,
  use: "item",
  id: column,
  wording: column,
  scale: "five",
  dimension,
  direction: "+",
  text: names,
});
const CODEBOOK = {
  format: "tilannekuva.codebook/1",
  id: "attacked",
  version: 1,
  kind: "survey",
  name: names,
  synthetic: true,
  file: { encoding: "utf-8", delimiter: ";", quote: '"', decimal: ",", header: true, skipLines: 0, empty: [""] },
  contributor: "town",
  wave: "2025",
  scales: { five: { type: "likert", min: 1, max: 5 } },
  columns: [
    { column: "paino", use: "weight" },
    { column: "ryhma", use: "stratum" },
    item("h1", "health"),
    item("f1", "social"),
  ],
};
const HEADER = "paino;ryhma;h1;f1";
const rows = (count: number) =>
  Array.from({ length: count }, (_, row) => `1,0;s${row % 3};${(row % 5) + 1};${((row * 3) % 5) + 1}`);

let folder: string;
let codebook: string;
const write = (name: string, bytes: string) => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};
const csv = (name: string, lines: string[], header = HEADER) => write(name, `${[header, ...lines].join("\n")}\n`);

let samples: string;
beforeAll(async () => {
  folder = temporaryFolder("attacks");
  codebook = write("codebook.json", JSON.stringify(CODEBOOK));
  samples = await sampleHome();
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("an attacker with the command", () => {
  test("cannot have rows or unrounded cells written to where the pages serve from, by a link either", async () => {
    const home = join(folder, "copy");
    cpSync(samples, home, { recursive: true });
    const { published } = done("status", "--home", home) as never as { published: Record<string, string> };
    const [release = ""] = Object.values(published);
    spawnSync("ln", ["-s", join(home, "published"), join(folder, "link")]);
    const before = tree(home);
    for (const out of [
      join(home, "published", "made-up.aaaaaaaaaaaa"),
      join(folder, "link", "made-up.aaaaaaaaaaaa"),
      join(home, "vault"),
    ]) {
      expect(command("inspect", "--home", home, "--release", release, "--out", out).document.problems?.[0]?.code).toBe(
        "misuse-out",
      );
      expect(
        command("export", "--home", home, "--release", release, "--format", "csv", "--out", join(out, "x.csv")).document
          .problems?.[0]?.code,
      ).toBe("misuse-out");
    }
    expect(tree(home)).toEqual(before);
    const stray = join(home, "published", "made-up.aaaaaaaaaaaa");
    mkdirSync(stray);
    writeFileSync(join(stray, "cells.csv"), "secret");
    expect(await readPublishedFile(join(home, "published"), "made-up.aaaaaaaaaaaa", "cells.csv")).toBeNull();
    expect(await readPublishedFile(join(home, "published"), release, "cells.csv")).not.toBeNull();
  });

  test("sees no text of a file in any error: two files swapped, a broken document", () => {
    const data = csv("swapped.csv", ["CANARY;s1;3;3"]);
    const { code, document } = command("ingest", "--home", join(folder, "swap"), "--codebook", data, codebook);
    expect(code).toBe(1);
    expect(document.problems?.[0]?.code).toBe("not-json");
    expect(JSON.stringify(document)).not.toContain("CANARY");
  });

  test("cannot reach what JavaScript names of its own", () => {
    for (const verb of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
      const { code, document } = command(verb);
      expect([verb, code, document.problems?.[0]?.code]).toEqual([verb, 2, "verb-unknown"]);
    }
    const scaled = {
      ...CODEBOOK,
      columns: CODEBOOK.columns.map((column) => ("scale" in column ? { ...column, scale: "constructor" } : column)),
    };
    expect(command("codebook", "check", write("proto.json", JSON.stringify(scaled))).document.problems?.[0]?.code).toBe(
      "scale-unknown",
    );
    const background = {
      ...CODEBOOK,
      columns: [
        ...CODEBOOK.columns,
        { column: "x", use: "background", id: "constructor", name: names, categories: [{ code: "a", name: names }] },
      ],
    };
    expect(command("codebook", "check", write("proto2.json", JSON.stringify(background))).code).toBe(1);
  });

  test("cannot make two contents one extract by marks inside a text", () => {
    const two = { ...CODEBOOK, columns: [...CODEBOOK.columns, { column: "psu", use: "psu" }] };
    const path = write("two.json", JSON.stringify(two));
    const ingest = (name: string, stratum: string, psu: string) =>
      done(
        "ingest",
        "--home",
        join(folder, name),
        "--codebook",
        path,
        csv(`${name}.csv`, [`1,0;${stratum};3;3;${psu}`], `${HEADER};psu`),
      ).extract;
    expect(ingest("inj1", "a\u001fb", "c")).not.toBe(ingest("inj2", "a", "b\u001fc"));
  });

  test("cannot hold the lock by a small file that opens a quote on every line", () => {
    const lines = Array.from({ length: 400_000 }, () => 'a";"');
    const { document } = command(
      "ingest",
      "--home",
      join(folder, "quad"),
      "--codebook",
      codebook,
      csv("quad.csv", lines),
    );
    expect(document.problems?.map(({ code }) => code)).toContain("rows-ragged");
  });

  test("is counted once for one endless line", () => {
    const long = `1,0;s1;3;${"x".repeat(20 << 20)}`;
    const home = join(folder, "long");
    const document = done(
      "ingest",
      "--home",
      home,
      "--codebook",
      codebook,
      csv("long.csv", [...rows(300), long, ...rows(5)]),
    );
    expect(document.rows).toEqual({ read: 306, loaded: 305, rejected: 1 });
  });
});

describe("a large but right file is read", () => {
  test("200 000 weights, all different", () => {
    const lines = Array.from({ length: 200_000 }, (_, row) => `1,${String(row).padStart(6, "0")};s;3;4`);
    expect(
      done("ingest", "--home", join(folder, "weights"), "--codebook", codebook, csv("weights.csv", lines)).rows,
    ).toMatchObject({ loaded: 200_000 });
  });
});

describe("a lock whose process is dead", () => {
  test("is taken over by one of many, and the others are told to wait; the home then holds one extract", async () => {
    for (let round = 0; round < 4; round++) {
      const home = join(folder, `race${round}`);
      mkdirSync(home);
      writeFileSync(join(home, "lock"), "99999999 1\n");
      const file = csv(`race${round}.csv`, rows(3000));
      const runs = await Promise.all(
        Array.from(
          { length: 5 },
          () =>
            new Promise<{ ok: boolean; problems?: { code: string }[] }>((resolve) => {
              const child = spawn(
                process.execPath,
                [COMMAND, "ingest", "--json", "--home", home, "--codebook", codebook, file],
                { stdio: ["ignore", "pipe", "ignore"] },
              );
              let text = "";
              child.stdout.on("data", (piece) => {
                text += piece;
              });
              child.on("close", () => resolve(JSON.parse(text)));
            }),
        ),
      );
      const refused = runs.filter(({ ok }) => !ok).map(({ problems }) => problems?.[0]?.code);
      expect(new Set(refused).size === 0 || refused.every((code) => code === "home-busy")).toBe(true);
      expect(runs.some(({ ok }) => ok)).toBe(true);
      expect((done("status", "--home", home).extracts as unknown[]).length).toBe(1);
      expect(existsSync(join(home, "lock"))).toBe(false);
    }
  });

  test("leaves nothing of its rows: the next verb that writes removes a killed one's work", () => {
    const home = join(folder, "killed");
    done("ingest", "--home", home, "--codebook", codebook, csv("first.csv", rows(300)));
    mkdirSync(join(home, "vault", "work", "4242"), { recursive: true });
    writeFileSync(join(home, "vault", "work", "4242", "clean.csv"), "a row in the clear");
    mkdirSync(join(home, "vault", "releases", "x.partial"), { recursive: true });
    mkdirSync(join(home, "published", "x.partial"), { recursive: true });
    writeFileSync(join(home, "lock"), "99999999 1\n");
    command("publish", "--home", home, "--release", "none.0123456789ab");
    expect(existsSync(join(home, "vault", "work"))).toBe(false);
    expect(readdirSync(join(home, "vault", "releases"))).toEqual([]);
    expect(readdirSync(join(home, "published"))).toEqual([]);
    expect(readdirSync(home).filter((name) => name.startsWith("lock"))).toEqual([]);
  });

  test("of this very number, as in a container, does not hold for ever", () => {
    const home = join(folder, "reused");
    mkdirSync(home);
    // A living process of that number that began at another time is another process.
    writeFileSync(join(home, "lock"), `${process.pid} 1\n`);
    expect(command("ingest", "--home", home, "--codebook", codebook, csv("reused.csv", rows(300))).code).toBe(0);
  });
});

describe("a refused verb", () => {
  test("makes no person key", () => {
    const person = { ...CODEBOOK, columns: [{ column: "id", use: "person" }, ...CODEBOOK.columns] };
    const path = write("person.json", JSON.stringify(person));
    const home = join(folder, "person");
    const bad = csv(
      "person-bad.csv",
      rows(300).map((row, index) => `p${index};${index === 7 ? row.replace(/\d$/, "9") : row}`),
      `id;${HEADER}`,
    );
    expect(command("ingest", "--home", home, "--codebook", path, bad).code).toBe(1);
    expect(existsSync(home)).toBe(false);
    const twice = csv(
      "person-twice.csv",
      rows(300).map((row) => `p1;${row}`),
      `id;${HEADER}`,
    );
    expect(command("ingest", "--home", home, "--codebook", path, twice).document.problems?.[0]?.code).toBe(
      "person-repeated",
    );
    expect(existsSync(home)).toBe(false);
    const good = csv(
      "person-good.csv",
      rows(300).map((row, index) => `p${index};${row}`),
      `id;${HEADER}`,
    );
    const { extract } = done("ingest", "--home", home, "--codebook", path, good) as never as { extract: string };
    expect(existsSync(join(home, "vault", "keys", "person"))).toBe(true);
    expect(readFileSync(join(home, "vault", "extracts", extract, "findings.json"), "utf8")).not.toContain("p17");
    expect(readFileSync(join(home, "vault", "extracts", extract, "rows.duckdb")).includes("p170")).toBe(false);
  });
});
