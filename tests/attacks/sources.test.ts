import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { command, temporaryFolder } from "../command.ts";
import {
  background,
  type Column,
  codebook,
  csv,
  draws,
  figures,
  house,
  lifeEvent,
  pairs,
  type Row,
  type Survey,
} from "../pipeline/made-up.ts";
import { twoDimensions } from "./made-up-people.ts";

/** Attacks 20, 28 and 29 of METHOD §7.8: two sources beside each other, and rows that say who somebody is. */
let folder: string;
beforeAll(() => {
  folder = temporaryFolder("sources");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("attack 20: two sources", () => {
  const GENDERS = ["f", "m", "x", "y"];
  const release = () => {
    const random = draws(20);
    const rows = Array.from(
      { length: 400 },
      (_, person): Row => ({
        gender: person < 4 ? "x" : person < 60 ? "y" : (GENDERS[random.below(2)] as string),
        ...twoDimensions(random),
      }),
    );
    const own = house(folder, "sources");
    own.ingest({
      codebook: codebook("clients", [background("gender", GENDERS), ...pairs(["health", "social"])]),
      rows,
    });
    const people = { f: 5000, m: 4800, x: 4, y: 30 };
    own.ingest({
      codebook: codebook("register", [background("gender", GENDERS), { column: "people", use: "count" }], {
        kind: "register-counts",
        contributor: "office",
      }),
      rows: Object.entries(people).map(([gender, count]) => ({ gender, people: count })),
    });
    const sources = [
      { codebook: "clients", role: "survey" },
      { codebook: "register", role: "population" },
    ];
    return own.release(lifeEvent("sources-event", "clients", { variables: ["gender"], sources }));
  };

  test("attack 20: clients of a register beside respondents: four of either are told by neither, nor by what is left of both", () => {
    const shown = figures(release());
    const kinds = (key: (gender: string) => string) => GENDERS.map((gender) => shown.get(key(gender))?.kind);
    const people = kinds((gender) => `persons/people?wave=2024&gender=${gender}`);
    expect(people[2]).toBe("protected");
    expect(people.filter((kind) => kind === "protected").length).toBe(2);
    expect(
      kinds((gender) => `coverage.register/percent?wave=2024&gender=${gender}`).map((kind) => kind === "value"),
    ).toEqual(people.map((kind) => kind === "value"));
    const respondents = kinds((gender) => `persons/count?wave=2024&gender=${gender}`);
    expect(respondents[2]).toBe("protected");
    expect(respondents.filter((kind) => kind === "protected").length).toBe(2);
    expect(kinds((gender) => `coverage.sample/percent?wave=2024&gender=${gender}`)).toEqual(respondents);
  }, 120_000);
});

describe("attacks 28 29: rows that say who somebody is", () => {
  const SECRETS = ["131052-308T", "maija.meikalainen@example.org", "+358401234567"];
  const survey = (more: (row: Row, person: number) => Row, columns: Column[] = []): Survey => {
    const random = draws(28);
    const rows = Array.from({ length: 300 }, (_, person) =>
      more({ area: random.below(2) ? "n" : "s", weight: `1.${41421 + person}`, ...twoDimensions(random) }, person),
    );
    return {
      codebook: codebook("told", [
        { column: "weight", use: "weight" },
        background("area", ["n", "s"]),
        ...pairs(["health", "social"]),
        ...columns,
      ]),
      rows,
    };
  };

  test("attack 28: an identity code, an address or a number in a cell, in a header, in a file's name: refused or dropped, never said", () => {
    for (const [place, secret] of SECRETS.entries()) {
      const own = house(folder, `uploaded-${place}`);
      const inCell = own.tryIngest(survey((row, person) => (person === 7 ? { ...row, area: secret } : row)));
      expect([secret, inCell.code]).toEqual([secret, 1]);
      // A telephone number in a column of numbers is a number: only screening could tell (METHOD §7.7).
      const inNumbers = own.tryIngest(survey((row, person) => (person === 7 ? { ...row, health_a: secret } : row)));
      expect([secret, inNumbers.code]).toEqual([secret, 1]);
      const header = survey((row) => row);
      const lines = csv(header).replace("area", secret);
      const path = join(folder, `${place}.csv`);
      writeFileSync(path, lines);
      writeFileSync(join(folder, `${place}.json`), JSON.stringify(header.codebook));
      const inHeader = command("ingest", "--home", own.home, "--codebook", join(folder, `${place}.json`), path);
      expect([secret, inHeader.code]).toEqual([secret, 1]);
      for (const answered of [inCell, inNumbers, inHeader])
        expect(JSON.stringify([answered.document, answered.progress])).not.toContain(secret);
      expect(existsSync(own.home) ? filesWith(own.home, secret) : []).toEqual([]);
    }
  }, 120_000);

  test("attack 29: what a column that is not used says is in no file of the home, in no message, in no temporary file", () => {
    const temporary = join(folder, "temporary");
    mkdirSync(temporary);
    const own = house(folder, "canaries");
    const columns: Column[] = [
      { column: "note", use: "ignore" },
      { column: "who", use: "person" },
    ];
    const told = survey(
      (row, person) => ({ ...row, note: SECRETS[person % 3] as string, who: `kissa-${person}-koira` }),
      columns,
    );
    const before = process.env.TMPDIR;
    process.env.TMPDIR = temporary;
    try {
      const ingested = own.tryIngest(told);
      const released = own.tryRelease(lifeEvent("told-event", "told", { variables: ["area"] }));
      expect([ingested.code, released.code]).toEqual([0, 0]);
      const said = JSON.stringify([ingested, released]);
      for (const secret of [...SECRETS, "kissa-17", "1.41438"]) {
        expect([secret, said.includes(secret)]).toEqual([secret, false]);
        expect([secret, filesWith(temporary, secret)]).toEqual([secret, []]);
      }
      for (const secret of [...SECRETS, "kissa-17"])
        expect([secret, filesWith(own.home, secret)]).toEqual([secret, []]);
      // A weight is in the vault's rows, and nowhere that is read by others.
      expect(filesWith(own.home, "1.41438").filter((file) => !file.startsWith("vault/"))).toEqual([]);
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
  }, 120_000);
});

/** The files below a folder that hold a text. */
function filesWith(root: string, text: string): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (name) => statSync(join(root, name)).isFile() && readFileSync(join(root, name)).includes(text),
  );
}
