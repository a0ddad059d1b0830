import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Release as ReleaseContract } from "../../data/contracts/release.ts";
import { createRandom } from "../../server/segmentation/random.ts";
import { command, done, ROOT, temporaryFolder, tree } from "../command.ts";

/** A survey of our own, small enough to make releases of often: 260 persons in two waves, too few dimensions for groups. */
const names = (text: string) => ({ fi: text, sv: text, en: text });
const DIMENSIONS = ["material", "health", "social", "subjective"];
const CODEBOOK = {
  format: "tilannekuva.codebook/1",
  id: "made-up",
  version: 1,
  kind: "survey",
  name: names("Made up"),
  synthetic: true,
  file: { encoding: "utf-8", delimiter: ";", quote: '"', decimal: ",", header: true, skipLines: 0, empty: [""] },
  contributor: "town",
  scales: { ten: { type: "scale", min: 0, max: 10, missing: [{ code: "98", reason: "dont_know" }] } },
  columns: [
    { column: "vuosi", use: "wave" },
    { column: "paino", use: "weight" },
    {
      column: "alue",
      use: "background",
      id: "area",
      name: names("Area"),
      categories: ["n", "s", "w"].map((code) => ({ code, name: names(code) })),
    },
    ...DIMENSIONS.flatMap((dimension) =>
      ["a", "b"].map((half) => ({
        column: `${dimension}_${half}`,
        use: "item",
        id: `${dimension}-${half}`,
        wording: `${dimension}-${half}`,
        scale: "ten",
        dimension,
        direction: "+",
        text: names(dimension),
      })),
    ),
  ],
};
const LIFE_EVENT = {
  format: "tilannekuva.life-event/1",
  id: "made-up-event",
  name: names("Made up"),
  owner: "town",
  purpose: names("To test"),
  sources: [{ codebook: "made-up", role: "survey" }],
  variables: ["area"],
  tables: [["segment", "area"]],
  services: [],
};

function madeUpRows(): string[] {
  const random = createRandom("0123456789abcdef0123456789abcdef");
  return Array.from({ length: 520 }, (_, row) => {
    const kind = random.below(3);
    const answers = DIMENSIONS.flatMap((_, d) =>
      [0, 1].map(() =>
        random.below(25) === 0 ? "98" : String(Math.max(0, Math.min(10, 3 + ((d + kind) % 3) * 2 + random.below(4)))),
      ),
    );
    return [
      row % 2 ? "2024" : "2025",
      `${(0.5 + random.next()).toFixed(3).replace(".", ",")}`,
      ["n", "s", "w"][random.below(3)],
      ...answers,
    ].join(";");
  });
}

describe("a home that releases are made in", () => {
  let folder: string;
  beforeAll(() => {
    folder = temporaryFolder("release");
    writeFileSync(join(folder, "codebook.json"), JSON.stringify(CODEBOOK));
    writeFileSync(join(folder, "event.json"), JSON.stringify(LIFE_EVENT));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const make = (name: string, rows: string[], threads: string) => {
    const header = CODEBOOK.columns.map(({ column }) => column).join(";");
    writeFileSync(join(folder, `${name}.csv`), `${[header, ...rows].join("\n")}\n`);
    const home = join(folder, name);
    done(
      "ingest",
      "--home",
      home,
      "--threads",
      threads,
      "--codebook",
      join(folder, "codebook.json"),
      join(folder, `${name}.csv`),
    );
    const { release } = done(
      "release",
      "--home",
      home,
      "--threads",
      threads,
      "--life-event",
      join(folder, "event.json"),
    ) as never as { release: string };
    return { home, release, published: tree(join(home, "published", release)) };
  };

  test("gets equal bytes from equal answers in another order, and another release from one answer changed", () => {
    const rows = madeUpRows();
    const random = createRandom("ffffffffffffffffffffffffffffffff");
    const shuffled = rows
      .map((row) => ({ row, at: random.next() }))
      .sort((left, right) => left.at - right.at)
      .map(({ row }) => row);
    const first = make("one", rows, "1");
    const second = make("two", shuffled, "4");
    expect(second.release).toBe(first.release);
    expect(second.published).toEqual(first.published);
    expect(Object.keys(first.published).sort()).toEqual(["SHA256SUMS", "cells.arrow", "cells.csv", "release.json"]);
    const changed = make(
      "three",
      rows.map((row, index) => (index === 0 ? row.replace(/;[^;]*$/, ";1") : row)),
      "1",
    );
    expect(changed.release).not.toBe(first.release);
  });

  test("made again it says already, and nothing is written", () => {
    const home = join(folder, "one");
    const before = tree(home);
    const again = done("release", "--home", home, "--life-event", join(folder, "event.json"));
    expect(again.already).toBe(true);
    expect(tree(home)).toEqual(before);
  });

  test("a release of before the Arrow stream lacks it, says so, and gets it when it is made again", () => {
    const home = join(folder, "earlier");
    cpSync(join(folder, "one"), home, { recursive: true });
    const [release = ""] = readdirSync(join(home, "published")).filter((name) => name.includes("."));
    const published = join(home, "published", release);
    const whole = tree(published);
    chmodSync(published, 0o755);
    rmSync(join(published, "cells.arrow"));
    chmodSync(join(published, "SHA256SUMS"), 0o644);
    const sums = readFileSync(join(published, "SHA256SUMS"), "utf8");
    writeFileSync(join(published, "SHA256SUMS"), sums.replace(/^.*cells\.arrow\n/m, ""));
    const lacking = command("export", "--home", home, "--release", release, "--format", "arrow").document;
    expect(lacking.problems?.[0]?.code).toBe("export-not-there");
    done("release", "--home", home, "--life-event", join(folder, "event.json"));
    expect(tree(published)).toEqual(whole);
    expect(done("publish", "--home", home, "--release", release).ok).toBe(true);
  });

  test("a stored release that this program would make otherwise, or whose files are damaged, is refused, not kept in silence", () => {
    const home = join(folder, "differs");
    cpSync(join(folder, "one"), home, { recursive: true });
    const [release = ""] = readdirSync(join(home, "published")).filter((name) => name.includes("."));
    const published = join(home, "published", release);
    chmodSync(published, 0o755);
    const write = (name: string, bytes: string) => {
      chmodSync(join(published, name), 0o644);
      writeFileSync(join(published, name), bytes);
    };
    const document = readFileSync(join(published, "release.json"), "utf8");
    const other = document.replace(/"n":(\d+)/, '"n":99995');
    write("release.json", other);
    expect(
      command("release", "--home", home, "--life-event", join(folder, "event.json")).document.problems?.[0]?.code,
    ).toBe("release-damaged");
    const sums = readFileSync(join(published, "SHA256SUMS"), "utf8");
    write("SHA256SUMS", sums.replace(/^\S+(?= {2}release\.json)/m, createHash("sha256").update(other).digest("hex")));
    expect(
      command("release", "--home", home, "--life-event", join(folder, "event.json")).document.problems?.[0]?.code,
    ).toBe("release-differs");
  });

  test("of two extracts for one contributor and wave the later counts, and an earlier release stays as it was", () => {
    const home = join(folder, "one");
    const before = tree(join(home, "published"));
    const header = CODEBOOK.columns.map(({ column }) => column).join(";");
    const rows = madeUpRows().filter((row) => row.startsWith("2025"));
    writeFileSync(join(folder, "later.csv"), `${[header, ...rows.slice(0, 200)].join("\n")}\n`);
    done("ingest", "--home", home, "--codebook", join(folder, "codebook.json"), join(folder, "later.csv"));
    const { release } = done("release", "--home", home, "--life-event", join(folder, "event.json")) as never as {
      release: string;
    };
    const document = ReleaseContract.parse(
      JSON.parse(readFileSync(join(home, "published", release, "release.json"), "utf8")),
    );
    expect(document.inputs.map(({ waves, respondents }) => [waves, respondents])).toEqual(
      expect.arrayContaining([
        [["2024"], 260],
        [["2025"], 200],
      ]),
    );
    expect(tree(join(home, "published"))).toMatchObject(before);
  });

  test("an extract handed over again after another has come is the latest again: A, B, A gives A's picture", () => {
    const home = join(folder, "aba");
    cpSync(join(folder, "two"), home, { recursive: true });
    const release = () =>
      (done("release", "--home", home, "--life-event", join(folder, "event.json")) as never as { release: string })
        .release;
    const first = release();
    const header = CODEBOOK.columns.map(({ column }) => column).join(";");
    writeFileSync(join(folder, "b.csv"), `${[header, ...madeUpRows().slice(0, 500)].join("\n")}\n`);
    done("ingest", "--home", home, "--codebook", join(folder, "codebook.json"), join(folder, "b.csv"));
    expect(release()).not.toBe(first);
    const again = done("ingest", "--home", home, "--codebook", join(folder, "codebook.json"), join(folder, "two.csv"));
    expect(again.findings).toContainEqual(expect.objectContaining({ code: "latest-again" }));
    expect(release()).toBe(first);
    expect(
      done("ingest", "--home", home, "--codebook", join(folder, "codebook.json"), join(folder, "two.csv")).repeated,
    ).toBe(true);
  });

  test("a variable that no survey has, and groups asked of what has none, are refused in words", () => {
    const home = join(folder, "two");
    const event = { ...LIFE_EVENT, variables: ["area", "aera"] };
    writeFileSync(join(folder, "slip.json"), JSON.stringify(event));
    const slip = command("release", "--home", home, "--life-event", join(folder, "slip.json"));
    expect([slip.code, slip.document.problems?.[0]?.code, slip.document.problems?.[0]?.where.path]).toEqual([
      1,
      "variable-unknown",
      "variables[1]",
    ]);
  });

  test("a contributor of a few persons is not counted out to readers, nor are a few rows without a weight", () => {
    const home = join(folder, "small-contributor");
    const { contributor: _, ...rest } = CODEBOOK;
    const codebook = { ...rest, columns: [{ column: "antaja", use: "contributor" }, ...CODEBOOK.columns] };
    writeFileSync(join(folder, "two-contributors.json"), JSON.stringify(codebook));
    const header = codebook.columns.map(({ column }) => column).join(";");
    const rows = madeUpRows();
    const file = (name: string, lines: string[]) => {
      writeFileSync(join(folder, name), `${[header, ...lines].join("\n")}\n`);
      return join(folder, name);
    };
    const noWeight = (row: string) => row.replace(/^(\d{4};)[^;]*/, "$10");
    const large = rows.slice(0, 500).map((row, index) => `aa;${index < 3 ? noWeight(row) : row}`);
    for (const path of [
      file("large.csv", large),
      file(
        "few.csv",
        rows.slice(500, 504).map((row) => `bb;${row}`),
      ),
    ])
      done("ingest", "--home", home, "--codebook", join(folder, "two-contributors.json"), path);
    const { release } = done("release", "--home", home, "--life-event", join(folder, "event.json")) as never as {
      release: string;
    };
    const { inputs } = ReleaseContract.parse(
      JSON.parse(readFileSync(join(home, "published", release, "release.json"), "utf8")),
    );
    const told = Object.fromEntries(
      inputs.map(({ contributor, respondents, respondentsByWave, withoutWeight }) => [
        contributor,
        { respondents, respondentsByWave, withoutWeight },
      ]),
    );
    expect(told.bb).toEqual({ respondents: null, respondentsByWave: [], withoutWeight: 0 });
    expect(told.aa).toMatchObject({ respondents: 497, withoutWeight: null });
  });

  test("inspect gives the steward a label for every row's line, and refuses to overwrite", () => {
    const home = join(folder, "two");
    const [release = ""] = readdirSync(join(home, "published")).filter((name) => name.includes("."));
    const out = join(folder, "inspected");
    done("inspect", "--home", home, "--release", release, "--out", out);
    const labels = Papa.parse<{ line: string; segment: string }>(readFileSync(join(out, "labels.csv"), "utf8"), {
      header: true,
      skipEmptyLines: true,
    }).data;
    expect(new Set(labels.map(({ line }) => Number(line)))).toEqual(
      new Set(Array.from({ length: 520 }, (_, row) => row + 2)),
    );
    expect(command("inspect", "--home", home, "--release", release, "--out", out).document.problems?.[0]?.code).toBe(
      "folder-not-empty",
    );
  });

  test("a publish killed between any two steps leaves the earlier picture or the new one", () => {
    const home = join(folder, "killed");
    cpSync(join(folder, "one"), home, { recursive: true });
    const releases = readdirSync(join(home, "published")).filter((name) => /\.[0-9a-f]{12}$/.test(name));
    expect(releases.length).toBeGreaterThanOrEqual(2);
    const [first = "", second = ""] = releases;
    const pointer = join(home, "published", "current", "made-up-event.json");
    let killed = 0;
    for (let step = 1; step <= 5; step++) {
      done("publish", "--home", home, "--release", first);
      // The very steps of publish, in a process that SIGKILLs itself after the n-th.
      const script = `
        import { replaceFileStepwise } from ${JSON.stringify(join(folder, "durable-file.mjs"))};
        let steps = 0;
        for (const step of replaceFileStepwise(${JSON.stringify(pointer)}, JSON.stringify({ release: ${JSON.stringify(second)}, publishedAt: "2026-01-01T00:00:00.000Z" }) + "\\n"))
          if (++steps === ${step}) process.kill(process.pid, "SIGKILL");`;
      bundleDurableFile();
      const child = spawnSync(process.execPath, ["--input-type=module", "-e", script]);
      if (child.signal === "SIGKILL") killed++;
      const { published } = done("status", "--home", home) as never as { published: Record<string, string> };
      expect([first, second]).toContain(published["made-up-event"]);
      expect(published["made-up-event"]).toBe(child.signal === "SIGKILL" && step < 3 ? first : second);
      const shown = join(home, "published", published["made-up-event"] as string);
      ReleaseContract.parse(JSON.parse(readFileSync(join(shown, "release.json"), "utf8")));
    }
    expect(killed).toBe(4);
    done("publish", "--home", home, "--release", first);
  });

  test("a release killed half-way is no release, and is made whole by the next try", () => {
    const home = join(folder, "two");
    const [release = ""] = readdirSync(join(home, "published")).filter((name) => name.includes("."));
    const other = join(folder, "half");
    mkdirSync(join(other, "published"), { recursive: true });
    cpSync(join(home, "vault", "extracts"), join(other, "vault", "extracts"), { recursive: true });
    cpSync(join(home, "codebooks"), join(other, "codebooks"), { recursive: true });
    cpSync(join(home, "home.json"), join(other, "home.json"));
    mkdirSync(join(other, "published", `${release}.partial`));
    writeFileSync(join(other, "published", `${release}.partial`, "release.json"), "{");
    expect(command("publish", "--home", other, "--release", release).document.problems?.[0]?.code).toBe(
      "release-not-found",
    );
    done("release", "--home", other, "--life-event", join(folder, "event.json"));
    expect(tree(join(other, "published", release))).toEqual(tree(join(home, "published", release)));
    expect(existsSync(join(other, "published", `${release}.partial`))).toBe(false);
  });

  function bundleDurableFile() {
    const out = join(folder, "durable-file.mjs");
    if (existsSync(out)) return;
    const esbuild = join(ROOT, "node_modules", "esbuild", "bin", "esbuild");
    const { status } = spawnSync(esbuild, [
      join(ROOT, "server", "store", "durable-file.ts"),
      "--format=esm",
      "--platform=node",
      `--outfile=${out}`,
    ]);
    expect(status).toBe(0);
  }
});
