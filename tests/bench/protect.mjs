import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { ROOT } from "../prepared-home.mjs";

const K = 10;
const SEED = "5eed5eed5eed5eed5eed5eed5eed5eed";
const PROTOTYPE = join(ROOT, "..", "shared", "oracles", "scripts", "91_sdc_prototype.py");
/** The prototype's own seconds where it is not here (two quiet cores): by persons and ways. */
const RECORDED = { "1200 2": 0.1, "1200 3": 2.9 };
const PEER_SECONDS_AT_MOST = 30;
/** After a universe that took longer, no larger one is tried. */
const GROWTH_SECONDS_AT_MOST = 30;

/**
 * Deciding which cells of a universe may be published, and auditing it by other code, beside METHOD's prototype in Python,
 * which knows fewer kinds of secrets; then how time grows with the number of cells.
 */
export async function protectBench() {
  const house = await compileDisclosure();
  const rows = [];
  for (const n of [1_200, 3_000, 10_000])
    for (const ways of [2, 3]) for (const views of [0, 4]) rows.push(benchOf(house, drawnPeople(n), { ways, views }));
  for (const areas of [10, 40, 100, 160]) {
    const row = growthOf(house, areas);
    rows.push(row);
    if (Number(row["protect s"]) > GROWTH_SECONDS_AT_MOST) break;
  }
  return {
    title: `Protection and audit of one universe of seven filter dimensions, k = ${K}`,
    rows,
  };
}

function benchOf(house, people, { ways, views }) {
  const { n } = people;
  const tables = tablesOf(Object.keys(people.records), ways, people.apart);
  const decided = decide(house, people, { tables, views });
  const audited = timed(() =>
    house.auditUniverse({
      ...{ k: K, tables: decided.universe.tables, apart: people.apart, records: people.records },
      views: decided.universe.views,
      published: [...decided.pattern.published].map(cellOf),
    }),
  );
  const peer = peerInThisRun(n, ways, views);
  const recorded = views === 0 ? RECORDED[`${n} ${ways}`] : undefined;
  return {
    n,
    ways,
    views: views + 1,
    ...sharesOf(decided),
    "protect s": decided.seconds.toFixed(2),
    "audit finds": audited.result.flatMap(({ derivable }) => Object.values(derivable)).reduce((a, b) => a + b, 0),
    "audit s": audited.seconds.toFixed(2),
    "prototype s":
      peer?.toFixed(1) ?? (recorded ? `${recorded} recorded` : `over ${PEER_SECONDS_AT_MOST}, or not here`),
    "prototype / this": peer ? (peer / decided.seconds).toFixed(1) : "",
  };
}

/** As many municipalities as it takes: tables of two and three dimensions, of which those are left out that would take too long. */
function growthOf(house, areas) {
  const people = drawnPeople(40_000, areas);
  const asked = tablesOf(Object.keys(people.records), 3, people.apart);
  const counted = (tables) => {
    const prepared = house.prepareUniverse(universeOf(people, { tables, views: 0 }));
    const counts = house.countAtoms(prepared, null, null);
    return prepared.cells.filter(({ atoms }) => house.sizeOf(atoms, counts) >= K).length;
  };
  const tables = house.affordableTables(asked, (some) =>
    house.isWithinBudget(house.prepareUniverse(universeOf(people, { tables: some, views: 0 })), K),
  );
  const { seconds, prepared, pattern } = decide(house, people, { tables, views: 0 });
  const counts = house.countAtoms(prepared, null, null);
  const candidates = prepared.cells.filter(({ atoms }) => house.sizeOf(atoms, counts) >= K).length;
  return {
    n: people.n,
    ways: 3,
    views: 1,
    atoms: prepared.atoms,
    cells: prepared.cells.length,
    "candidates asked": counted(asked),
    "tables left out": asked.length - tables.length,
    candidates,
    published: pattern.published.size,
    "protect s": seconds.toFixed(2),
  };
}

function universeOf({ n, records, apart, sizes }, { tables, views }) {
  return {
    persons: n,
    dimensions: Object.entries(records).map(([id, held]) => ({
      id,
      codes: Array.from({ length: sizes[id] }, (_, code) => String(code)),
      places: Uint16Array.from(held, Number),
      shown: sizes[id],
      sensitive: false,
    })),
    tables,
    keyTables: [],
    apart,
    views: Array.from({ length: views }, (_, org) => ({
      id: String(org),
      holds: Uint8Array.from(records.org, (held) => Number(held === String(org))),
    })),
  };
}

function decide({ prepareUniverse, protect }, people, asked) {
  const universe = universeOf(people, asked);
  let prepared;
  const { result: pattern, seconds } = timed(() => {
    prepared = prepareUniverse(universe);
    return protect(prepared, { persons: K, events: 3 }, { valid: null, within: () => true, seed: SEED });
  });
  return { universe, prepared, pattern, seconds };
}

/** Published cells of two and three dimensions, of those that somebody is in, and of their persons. */
function sharesOf({ prepared, pattern }) {
  const { atomOf } = prepared;
  const persons = new Int32Array(prepared.atoms);
  for (const atom of atomOf) persons[atom]++;
  const of = (ways) => {
    const cells = prepared.cells.filter(({ dimensions }) => dimensions.length === ways);
    if (cells.length === 0) return { text: "", share: "" };
    const shown = cells.filter(({ key }) => pattern.published.has(key));
    const held = (some) =>
      some.reduce((sum, { atoms }) => sum + atoms.reduce((all, atom) => all + persons[atom], 0), 0);
    return { text: `${shown.length}/${cells.length}`, share: ((100 * held(shown)) / held(cells)).toFixed(1) };
  };
  const [two, three] = [of(2), of(3)];
  return {
    atoms: prepared.atoms,
    cells: prepared.cells.length,
    "two-way": two.text,
    "of their persons, %": two.share,
    "three-way": three.text,
    "of theirs, %": three.share,
  };
}

/** The population of METHOD's prototype, by a seeded random of our own: seven dimensions, municipalities within areas. */
function drawnPeople(n, municipalities = 10) {
  let state = 4;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  const choose = (shares) => {
    let rest = next();
    const found = shares.findIndex((share) => {
      rest -= share;
      return rest < 0;
    });
    return found < 0 ? shares.length - 1 : found;
  };
  const ofTen = [25, 18, 14, 12, 9, 7, 6, 4, 3, 2].map((percent) => percent / 100);
  const activities = [
    [0.45, 0.42, 0.08, 0, 0.05],
    [0.08, 0.76, 0.1, 0, 0.06],
    [0.02, 0.8, 0.1, 0, 0.08],
    [0, 0.25, 0.06, 0.65, 0.04],
    [0, 0.01, 0, 0.98, 0.01],
  ];
  const areaOf = (muni) => [0, 0, 0, 1, 1, 1, 2, 2, 2, 2][muni % 10];
  const records = { muni: [], age: [], gender: [], activity: [], org: [], segment: [], area: [] };
  for (let person = 0; person < n; person++) {
    const muni = choose(ofTen) + 10 * Math.floor((next() * municipalities) / 10);
    const age = choose([0.17, 0.22, 0.24, 0.24, 0.13]);
    const row = {
      muni,
      age,
      gender: choose([0.55, 0.45]),
      activity: choose(activities[age]),
      org: choose([0.4, 0.3, 0.2, 0.1]),
      segment: choose([0.34, 0.25, 0.19, 0.14, 0.08]),
      area: areaOf(muni),
    };
    for (const [id, code] of Object.entries(row)) records[id].push(String(code));
  }
  const sizes = { muni: municipalities, age: 5, gender: 2, activity: 5, org: 4, segment: 5, area: 3 };
  return { n, records, sizes, apart: [["muni", "area"]] };
}

function tablesOf(dimensions, ways, apart) {
  const all = [[]];
  for (const dimension of dimensions) all.push(...all.map((table) => [...table, dimension]));
  return all.filter(
    (table) => table.length <= ways && !apart.some(([one, other]) => table.includes(one) && table.includes(other)),
  );
}

function cellOf(key) {
  return Object.fromEntries(key === "" ? [] : key.split("&").map((part) => part.split("=")));
}

async function compileDisclosure() {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        export { auditUniverse } from "./server/disclosure/audit/audit.ts";
        export { affordableTables, isWithinBudget } from "./server/disclosure/budget.ts";
        export { protect } from "./server/disclosure/protect.ts";
        export { countAtoms, prepareUniverse, sizeOf } from "./server/disclosure/universe.ts";`,
      resolveDir: ROOT,
      loader: "ts",
    },
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
}

function timed(work) {
  const start = performance.now();
  const result = work();
  return { result, seconds: (performance.now() - start) / 1000 };
}

/** Seconds that the prototype says of itself; null where it, Python or numpy is not here, or it takes too long. */
function peerInThisRun(n, ways, views) {
  if (!existsSync(PROTOTYPE)) return null;
  const args = [PROTOTYPE, String(n), String(K), String(ways), ...(views > 0 ? ["orgviews"] : [])];
  const child = spawnSync("python3", args, { encoding: "utf8", timeout: 1_000 * PEER_SECONDS_AT_MOST });
  return child.status === 0 ? Math.max(0.05, JSON.parse(child.stdout).seconds) : null;
}
