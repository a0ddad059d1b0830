import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type AuditedUniverse, auditUniverse, isClean } from "../../server/disclosure/audit/audit.ts";
import { type Pass, type Pattern, protect } from "../../server/disclosure/protect.ts";
import { SECRET_KINDS, type SecretKind } from "../../server/disclosure/secrets.ts";
import { keyWithin, prepareUniverse, type Universe } from "../../server/disclosure/universe.ts";
import { draws } from "../pipeline/made-up.ts";
import { asCells, asCodes, type Cell, cellsOf, peopleOf, type Records, tablesOf } from "./audited.ts";

/** People as the audit reads them; what decides and what audits are given the same. */
type People = {
  records: Records;
  tables: readonly (readonly string[])[];
  apart?: readonly (readonly [string, string])[];
  keyTables?: readonly (readonly string[])[];
  sensitive?: readonly string[];
  views?: AuditedUniverse["views"];
};

const LIMITS = { persons: 10, events: 3 };
/** Of three dimensions: 98 % of 708 and, with contributors, 450, which the prototype of METHOD §7.4 publishes without kinds 2 and 5. */
const THREE_WAYS = [694, 441, 2_543] as const;
const SEED = "00112233445566778899aabbccddeeff";

function universeOf({ records, tables, apart = [], keyTables = [], sensitive = [], views = [] }: People): Universe {
  const dimensions = Object.entries(records).map(([id, held]) => {
    const codes = [...new Set(held.filter((code) => code !== null))].sort();
    const places = Uint16Array.from(held, (code) => (code === null ? codes.length : codes.indexOf(code)));
    return { id, codes, places, shown: codes.length, sensitive: sensitive.includes(id) };
  });
  return { persons: dimensions[0]?.places.length ?? 0, dimensions, tables, keyTables, apart, views };
}

function decide(people: People, pass: Partial<Pass> = {}): Pattern {
  const prepared = prepareUniverse(universeOf(people));
  const pattern = protect(prepared, LIMITS, { valid: null, within: () => true, seed: SEED, ...pass });
  if (!pattern) throw new Error("nothing may be published");
  return pattern;
}

const cellOf = (key: string): Cell =>
  Object.fromEntries(key === "" ? [] : key.split("&").map((part) => part.split("=") as [string, string]));
const cellsIn = ({ published }: Pattern) => [...published].map(cellOf);

function audit({ records, tables, apart = [], views = [] }: People, published: readonly Cell[], more = {}) {
  return auditUniverse({ k: LIMITS.persons, tables, records, apart, views, published, ...more });
}

type AuditedKind = Exclude<SecretKind, "deeper-unions">;
/** METHOD §7.4: the audit looks for these; "deeper-unions" are the gate's own. */
const KINDS_OF_METHOD = SECRET_KINDS.filter((kind): kind is AuditedKind => kind !== "deeper-unions");

const leaks = (audits: ReturnType<typeof audit>) =>
  audits.reduce((sum, { derivable }) => sum + Object.values(derivable).reduce((a, b) => a + b, 0), 0);

// biome-ignore lint/suspicious/noExplicitAny: a fixture's own shape; a wrong path fails the test that reads it
const attack: any = JSON.parse(readFileSync(new URL("../reference/sdc_attack_1200.json", import.meta.url), "utf8"));
const records: Records = Object.fromEntries(
  Object.entries<number[]>(attack.input.records).map(([dimension, codes]) => [dimension, asCodes(codes)]),
);
records.area = asCodes(attack.input.records.muni.map((muni: number) => attack.input.muni_area[muni]));
const apart: [string, string][] = [["muni", "area"]];
const contributors = ["0", "1", "2", "3"].map((id) => ({
  id,
  holds: Uint8Array.from(records.org!, (org) => Number(org === id)),
}));
const fixture = (ways: number, views: AuditedUniverse["views"] = []): People => ({
  records,
  apart,
  views,
  tables: tablesOf(Object.keys(records), ways, apart),
});

describe("1,200 drawn people of seven dimensions, k = 10", () => {
  // Of 437 cells of two dimensions METHOD §7.4 publishes 340, and 279 where four contributors subtract their own rows;
  // unions one dimension deeper, which it does not look at, cost some of them.
  it.each([
    { who: "an outsider", ways: 2, views: [], fewest: 333, all: 437 },
    { who: "four contributors", ways: 2, views: contributors, fewest: 269, all: 437 },
    { who: "an outsider", ways: 3, views: [], fewest: THREE_WAYS[0], all: THREE_WAYS[2] },
    { who: "four contributors", ways: 3, views: contributors, fewest: THREE_WAYS[1], all: THREE_WAYS[2] },
  ])(
    "$ways ways, $who: no sum of what is published tells of fewer than ten, and $fewest of $all cells are",
    ({ ways, views, fewest, all }) => {
      const people = fixture(ways, views);
      const pattern = decide(people);
      const audits = audit(people, cellsIn(pattern));
      expect(audits.map(({ view }) => view)).toEqual(["outsider", ...views.map(({ id }) => id)]);
      expect(isClean(audits)).toBe(true);
      for (const { looked } of audits)
        expect(Math.min(looked.small, looked.deeper, looked.published)).toBeGreaterThan(0);
      const deepest = (cells: Cell[]) => cells.filter((cell) => Object.keys(cell).length === ways).length;
      expect(deepest(cellsOf(records, people.tables, 1))).toBe(all);
      expect(deepest(cellsIn(pattern))).toBeGreaterThanOrEqual(fewest);
    },
  );

  it("an attacker who subtracts nested filters: of none of the sixty given pairs are both published", () => {
    const pairs: { larger: Record<string, number>; smaller: Record<string, number> }[] =
      attack.expected.differencing_pairs_3way;
    expect(pairs.length).toBe(60);
    const { published } = decide(fixture(3));
    const keys = (cells: Record<string, number>[]) => asCells(cells).map(keyWithin);
    expect(pairs.filter(({ larger, smaller }) => keys([larger, smaller]).every((key) => published.has(key)))).toEqual(
      [],
    );
    expect(pairs.filter(({ larger }) => published.has(keys([larger])[0]!)).length).toBeGreaterThan(30);
  });

  it("a threshold alone gives hundreds of groups away in three ways", () => {
    const people = fixture(3);
    const audits = audit(people, cellsIn(decide(people, { kinds: [] })));
    expect(audits[0]!.derivable.small).toBe(attack.expected.three_way.threshold_only_derivable);
  });

  it("a contributor who subtracts its own rows finds groups wherever it is not reckoned with", () => {
    const naive = audit(fixture(2, contributors), cellsIn(decide(fixture(2))));
    const found = naive.slice(1).map((one) => leaks([one]) + one.publishedBelow);
    expect(leaks(naive.slice(0, 1))).toBe(0);
    expect(Math.min(...found)).toBeGreaterThan(0);
  });

  it.each(["small", "unions", "differences", "exclusions"] as const)(
    "three ways: a gate that does not know of %s is refused by the audit for it",
    (kind) => {
      const people = fixture(3);
      const [found] = audit(people, cellsIn(decide(people, { kinds: KINDS_OF_METHOD.filter((one) => one !== kind) })));
      expect(found!.derivable[kind]).toBeGreaterThan(0);
    },
  );

  it("whoever sorts the persons otherwise, or draws other witnesses, publishes the same cells", () => {
    const people = fixture(2, contributors);
    const pattern = decide(people);
    const random = draws(5);
    const order = Array.from({ length: 1_200 }, (_, person) => ({ person, at: random.next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ person }) => person);
    const shuffled: People = {
      ...people,
      records: Object.fromEntries(
        Object.entries(records).map(([id, held]) => [id, order.map((person) => held[person]!)]),
      ),
      views: contributors.map(({ id, holds }) => ({ id, holds: Uint8Array.from(order, (person) => holds[person]!) })),
    };
    expect([...decide(shuffled).published].sort()).toEqual([...pattern.published].sort());
    expect(decide(people, { seed: "ffeeddccbbaa99887766554433221100" })).toEqual(pattern);
  });

  it("two small groups of a table that nobody declared, taken together: METHOD's kinds let some be computed, ours none", () => {
    const people = fixture(2);
    const together = (pattern: Pattern) =>
      audit({ ...people, tables: tablesOf(Object.keys(records), 3, apart) }, cellsIn(pattern))[0]!;
    const [ofMethod, ours] = [together(decide(people, { kinds: KINDS_OF_METHOD })), together(decide(people))];
    expect(ofMethod.derivable.unions).toBeGreaterThan(0);
    expect(ours.looked.unions).toBeGreaterThan(100);
    expect(ours.derivable.unions).toBe(0);
  });

  it("nothing is protected for nothing: any protected cell beside the published ones gives a group away", () => {
    const people = fixture(2);
    const pattern = decide(people, { kinds: KINDS_OF_METHOD });
    const computable = [...pattern.protected].flatMap(([key, reason]) => (reason === "computable" ? [key] : []));
    expect(computable.length).toBeGreaterThan(20);
    const step = Math.floor(computable.length / 20);
    const idle = computable
      .filter((_, place) => place % step === 0)
      .filter((key) => isClean(audit(people, [...cellsIn(pattern), cellOf(key)])));
    expect(idle).toEqual([]);
  });
});

type Leak = { kind: AuditedKind; title: string; people: People; published: Cell[] };
const PAIR = ["a", "b"];
const THREE = ["a", "b", "c"];
const group = (count: number, ...codes: string[]): [number, ...string[]] => [count, ...codes];
const LEAKS: Leak[] = [
  {
    kind: "small",
    title: "32 − 25 = 7 women of R2, from two rows and a column",
    people: {
      tables: tablesOf(["gender", "region"], 2),
      records: peopleOf(
        ["region", "gender"],
        [
          group(40, "R1", "m"),
          group(12, "R1", "f"),
          group(25, "R2", "m"),
          group(7, "R2", "f"),
          group(30, "R3", "m"),
          group(18, "R3", "f"),
        ],
      ),
    },
    published: [{ gender: "f" }, { gender: "f", region: "R1" }, { gender: "f", region: "R3" }],
  },
  {
    kind: "deeper",
    title: "four people of (a1, b1, c1), though no table is three ways deep",
    people: {
      tables: tablesOf(THREE, 2),
      records: peopleOf(THREE, [
        group(4, "a1", "b1", "c1"),
        group(12, "a1", "b1", "c2"),
        group(12, "a1", "b1", "c3"),
        group(20, "a2", "b1", "c1"),
        ...["a1", "a2"].flatMap((a) => ["c1", "c2", "c3"].map((c) => group(20, a, "b2", c))),
      ]),
    },
    published: [
      { a: "a1", b: "b1" },
      { b: "b1", c: "c2" },
      { b: "b1", c: "c3" },
    ],
  },
  {
    kind: "unions",
    title: "3 + 4 people of two small children",
    people: {
      tables: tablesOf(PAIR, 2),
      records: peopleOf(PAIR, [
        group(3, "a1", "b1"),
        group(4, "a1", "b2"),
        group(20, "a1", "b3"),
        group(20, "a1", "b4"),
        ...["b1", "b2", "b3", "b4"].map((b) => group(20, "a2", b)),
      ]),
    },
    published: [{ a: "a1" }, { a: "a1", b: "b3" }, { a: "a1", b: "b4" }],
  },
  {
    kind: "differences",
    title: "six people of a1 who are not of b1, where everybody of b1 is of a1",
    people: {
      tables: [["a"], ["b"]],
      records: peopleOf(PAIR, [
        group(20, "a1", "b1"),
        group(3, "a1", "b2"),
        group(3, "a1", "b3"),
        group(20, "a2", "b2"),
        group(20, "a2", "b3"),
      ]),
    },
    published: [{ a: "a1" }, { b: "b1" }],
  },
  {
    kind: "exclusions",
    title: "six people of a1, neither b1 nor c1",
    people: {
      tables: tablesOf(THREE, 2),
      records: peopleOf(THREE, [
        ...["b1", "b2", "b3"].flatMap((b) => ["c1", "c2", "c3"].map((c) => group(20, "a2", b, c))),
        group(20, "a1", "b1", "c2"),
        group(20, "a1", "b1", "c3"),
        group(20, "a1", "b2", "c1"),
        group(20, "a1", "b3", "c1"),
        group(2, "a1", "b2", "c2"),
        group(2, "a1", "b2", "c3"),
        group(2, "a1", "b3", "c2"),
      ]),
    },
    published: [{ a: "a1" }, { a: "a1", b: "b1" }, { a: "a1", c: "c1" }],
  },
];

describe("cells that give a group away by one kind of secret alone", () => {
  const only = (published: readonly Cell[]) => {
    const keys = new Set(published.map(keyWithin));
    return { within: ({ key }: { key: string }) => keys.has(key) };
  };

  it.each(LEAKS)("$kind, $title: published by a gate that does not know the kind, and the audit refuses", (leak) => {
    const kinds = KINDS_OF_METHOD.filter((kind) => kind !== leak.kind);
    const blind = decide(leak.people, { ...only(leak.published), kinds });
    expect(blind.published.size).toBe(leak.published.length);
    const [found] = audit(leak.people, cellsIn(blind));
    expect(found!.derivable[leak.kind]).toBe(1);
  });

  it.each(LEAKS)("$kind: the gate that knows them all keeps one cell back, and the audit finds nothing", (leak) => {
    const pattern = decide(leak.people, only(leak.published));
    expect(pattern.published.size).toBe(leak.published.length - 1);
    expect([...pattern.protected.values()]).toEqual(["computable"]);
    expect(isClean(audit(leak.people, cellsIn(pattern)))).toBe(true);
    expect(isClean(audit(leak.people, cellsIn(decide(leak.people))))).toBe(true);
  });

  const NORTH_AND_SOUTH: [number, ...string[]][] = [
    group(3, "north", "m1"),
    group(4, "north", "m2"),
    group(20, "north", "m3"),
    group(20, "north", "m4"),
    group(30, "south", "m5"),
    group(5, "south", "m6"),
  ];

  it("seven people of two small municipalities: their area less its large municipalities", () => {
    const people: People = {
      tables: [["muni"], ["area"]],
      apart: [["area", "muni"]],
      records: peopleOf(["area", "muni"], NORTH_AND_SOUTH),
    };
    expect(isClean(audit(people, cellsIn(decide(people))))).toBe(true);
  });

  it("seven people of two small groups: who was placed in any group less the large groups", () => {
    const people: People = {
      tables: [["segment"], ["placed"]],
      apart: [["segment", "placed"]],
      records: peopleOf(
        ["segment", "placed"],
        [
          [30, "A", "placed"],
          [25, "B", "placed"],
          [4, "C", "placed"],
          [3, "D", "placed"],
          [8, null, null],
        ],
      ),
    };
    expect(isClean(audit(people, cellsIn(decide(people))))).toBe(true);
  });
});

describe("cells that were shown before", () => {
  const rows = LEAKS[0]!.people;
  const setsOf = (people: People, cells: readonly Cell[]) => {
    const prepared = prepareUniverse(universeOf(people));
    const known = new Map(prepared.cells.map((cell) => [cell.key, cell]));
    return cells.map((cell) => known.get(keyWithin(cell))!);
  };

  it("which tell of seven people together: nothing more may be published, whoever asks", () => {
    const given = { valid: null, within: () => true, seed: SEED };
    const shown = setsOf(rows, [{ region: "R2" }, { region: "R2", gender: "m" }]);
    expect(protect(prepareUniverse(universeOf(rows)), LIMITS, { ...given, forced: shown })).toBeNull();
    expect(protect(prepareUniverse(universeOf(rows)), LIMITS, { ...given, forced: shown.slice(1) })).not.toBeNull();
  });

  it("somebody who kept the old answers: old and new cells together tell of nobody", () => {
    const before = {
      ...fixture(2, contributors),
      keyTables: [
        ["muni", "age"],
        ["area", "org"],
      ],
    };
    const now = {
      ...fixture(2, contributors),
      keyTables: [
        ["segment", "muni"],
        ["activity", "age"],
      ],
    };
    const old = cellsIn(decide(before));
    const alone = cellsIn(decide(now));
    expect(isClean(audit(now, [...old, ...alone]))).toBe(false); // each by itself is clean
    const together = cellsIn(decide(now, { forced: setsOf(now, old) }));
    expect(isClean(audit(now, [...old, ...together]))).toBe(true);
    expect(together.length).toBeGreaterThan(250);
  });

  it.each([
    { gone: 9, shown: false },
    { gone: 10, shown: true },
  ])(
    "everyone of today less everyone of then is $gone people who have gone: shown again, $shown",
    ({ gone, shown }) => {
      const here = 60;
      const persons = here + gone;
      const universe: Universe = {
        persons,
        gone,
        dimensions: [
          {
            id: "gender",
            codes: ["f", "m"],
            places: Uint16Array.from({ length: persons }, (_, person) => (person < here ? person % 2 : 3)),
            shown: 2,
            sensitive: false,
          },
        ],
        tables: [[], ["gender"]],
        keyTables: [],
        apart: [],
        views: [],
      };
      const prepared = prepareUniverse(universe);
      const everyoneThen = Int32Array.from({ length: prepared.atoms }, (_, atom) => atom);
      const pattern = protect(prepared, LIMITS, {
        valid: null,
        within: () => true,
        seed: SEED,
        forced: [{ atoms: everyoneThen, dimensions: [] }],
      });
      expect(pattern!.published.has("")).toBe(shown);
      const first = protect(prepared, LIMITS, { valid: null, within: () => true, seed: SEED });
      expect([...first!.published].sort()).toEqual(["", "gender=f", "gender=m"]);
    },
  );
});

describe("rules of a single cell", () => {
  it.each([
    { left: 0, reason: "sensitive" },
    { left: 2, reason: "sensitive" },
    { left: 12, reason: null },
  ])("a sensitive group that all but $left of its parent are in tells of each of them", ({ left, reason }) => {
    const people: People = {
      tables: tablesOf(["area", "segment"], 2),
      sensitive: ["segment"],
      records: peopleOf(
        ["area", "segment"],
        [group(30, "n", "A"), group(left, "n", "B"), group(40, "s", "A"), group(40, "s", "B")],
      ),
    };
    const { published, protected: why } = decide(people);
    expect([published.has("area=n&segment=A"), why.get("area=n&segment=A") ?? null]).toEqual([reason === null, reason]);
    // The same split by what is not sensitive: nine hidden are a secret, none are not.
    const plain = decide({ ...people, sensitive: [] });
    expect(plain.published.has("area=n&segment=A")).toBe(left !== 2);
  });

  it("nine are protected, ten and eleven are not", () => {
    const people: People = {
      tables: [["a"]],
      records: peopleOf(["a"], [group(9, "nine"), group(10, "ten"), group(11, "eleven")]),
    };
    const { published, protected: why } = decide(people);
    expect([...published].sort()).toEqual(["a=eleven", "a=ten"]);
    expect(why).toEqual(new Map([["a=nine", "small"]]));
  });

  it("what shows words only may not be computed from the numbers of the others", () => {
    const people: People = {
      tables: tablesOf(PAIR, 2),
      records: peopleOf(PAIR, [
        group(30, "a1", "b1"),
        group(31, "a1", "b2"),
        group(32, "a2", "b1"),
        group(33, "a2", "b2"),
        group(34, "a3", "b1"),
        group(35, "a3", "b2"),
      ]),
    };
    const words = ["a=a1&b=b1"];
    const pattern = decide(people, { wordsOnly: ({ key }) => words.includes(key) });
    const wordsOnly = words.map(cellOf);
    expect(pattern.protected.get("a=a1&b=b1")).toBe("words");
    expect(isClean(audit(people, cellsIn(pattern), { wordsOnly }))).toBe(true);
    const others = cellsIn(decide(people)).filter((cell) => !words.includes(keyWithin(cell)));
    expect(audit(people, others, { wordsOnly })[0]!.derivable.words).toBe(1);
    expect(pattern.published.size).toBeGreaterThan(5);
  });

  it("too few who came or left: the cell waits, and is said to wait", () => {
    const { published, protected: why } = decide(LEAKS[0]!.people, { unsettled: new Set(["region=R1"]) });
    expect([published.has("region=R1"), why.get("region=R1")]).toEqual([false, "unsettled"]);
  });
});
