/**
 * The doors of the house: which room may import which, each with why. `npm run check` prints how many modules were
 * looked at, and doors.test.ts plants each forbidden import and sees it refused.
 */
const PURE = "server/(statistics|scoring|segmentation|disclosure|findings|exports)/";
const HOUSE = "^(app|components|server|data|tests)/|^proxy\\.ts$";
const THREADS = "^server/pipeline/threads/";
const ENV = "^server/env\\.ts$";

/** DuckDB that reads files of this machine, and that of a browser, which can read none. */
const [NATIVE_DUCKDB, BROWSER_DUCKDB] = ["@duckdb/node-[^/]+", "@duckdb/duckdb-wasm"];

/** From a room to anything of the house but what is listed. */
const only = (name, room, allowed, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: room },
  to: { path: HOUSE, pathNot: [room, ...allowed] },
});

/** Where only types may be taken. */
const typesOnly = (name, from, to, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { ...to, dependencyTypesNot: ["type-only"] },
});

const never = (name, from, to, comment) => ({ name, comment, severity: "error", from, to });

const npm = (packages) => `(^|/)node_modules/(${packages})(/|$)`;

module.exports = {
  forbidden: [
    only(
      "roof",
      "^app/",
      ["^components/", "^server/(api|auth)/", "^data/(contracts|words)/"],
      "A route authorises, prefetches and renders: it asks server/api, and reaches past it to no room.",
    ),
    typesOnly(
      "roof-parses-nothing",
      "^app/",
      { path: "^data/contracts/", pathNot: "/names\\.ts$" },
      "Documents are parsed once, behind server/api; a route takes their types, and the list of languages.",
    ),
    only(
      "windows",
      "^components/",
      ["^server/(api|findings)/", "^data/(contracts|words)/"],
      "The browser draws and never estimates: a component knows words and the types of what it is given.",
    ),
    typesOnly(
      "windows-take-types",
      "^components/",
      { path: "^(server|data/contracts)/", pathNot: "^data/contracts/cell-key\\.ts$" },
      "A value from the server or a contract would travel to the browser, and the numbers with it; all it needs is to name a cell as the release does.",
    ),
    never(
      "windows-have-no-machine",
      { path: "^components/" },
      { dependencyTypes: ["core"] },
      "A component runs in the browser too, where there are no files, processes or secrets of Node's.",
    ),
    only(
      "api",
      "^server/api/",
      ["^server/(store/(published|app)|jobs|auth)/", `^${PURE}`, "^data/(contracts|words)/", ENV],
      "A procedure authorises, parses, makes one call and answers; the batch rooms and the cellar are a child process away.",
    ),
    only(
      "jobs",
      "^server/jobs/",
      [],
      "Jobs start the command and read its JSON: importing the house would bring the pipeline into the web process.",
    ),
    only(
      "auth",
      "^server/auth/",
      ["^server/store/app/", "^data/contracts/", ENV],
      "Who may do what is a table and a session; it needs no data of the picture.",
    ),
    only(
      "commands",
      "^server/commands/",
      ["^server/(pipeline|store)/", "^data/(contracts|words|samples)/", ENV],
      "A verb reads its arguments, makes one call (the pipeline's, or the store's to look, point or export) and prints.",
    ),
    only(
      "pipeline",
      "^server/pipeline/",
      [`^${PURE}`, "^server/store/(microdata|published)/", "^server/store/[^/]+\\.ts$", "^data/(contracts|words)/"],
      "The pipeline is the order of things: it calls pure rooms and the store, and knows neither web nor command.",
    ),
    never(
      "pipeline-machine",
      { path: "^server/pipeline/", pathNot: THREADS },
      { dependencyTypes: ["core"], pathNot: "^(node:)?(crypto|fs|path)$" },
      "Clock, seed and files are arguments: of the machine the pipeline knows hashes and paths, no process and no network.",
    ),
    never(
      "threads",
      { path: THREADS },
      { dependencyTypes: ["core"], pathNot: "^(node:)?worker_threads$" },
      "The pool and its worker start threads and pass messages: files, clock and network are not theirs.",
    ),
    only(
      "store",
      "^server/store/",
      ["^data/(sql|contracts)/", `^${PURE}`],
      "The store speaks SQL and files and decides nothing: who calls it, and why, is not its business.",
    ),
    typesOnly(
      "store-computes-nothing",
      "^server/store/",
      { path: `^${PURE}` },
      "Numbers are made in the pure rooms; the store takes their types, to know what it may keep.",
    ),
    never(
      "cellar",
      { path: "^server/store/(published|app)/|^server/store/[^/]+\\.ts$" },
      { path: "^server/store/microdata/" },
      "Personal rows never leave the cellar: what the web reads must not lead to them.",
    ),
    only(
      "pure-rooms",
      `^${PURE}`,
      ["^data/contracts/"],
      "Numbers are made in the pure rooms: they know each other and the shapes of the data, nothing else of the house.",
    ),
    typesOnly(
      "pure-rooms-parse-nothing",
      `^${PURE}`,
      { path: "^data/contracts/", pathNot: "/(cell-key|names)\\.ts$" },
      "What comes in is parsed already; beside types only the keys of cells and the names of dimensions are shared.",
    ),
    never(
      "pure-rooms-have-no-machine",
      { path: `^${PURE}` },
      { dependencyTypes: ["core"] },
      "Same inputs, same numbers, on any machine: no files, clock, process or randomness of Node's.",
    ),
    never(
      "pure-rooms-have-no-packages",
      { path: `^${PURE}` },
      { path: "(^|/)node_modules/" },
      "Every estimate can be read here with its formula: no package computes, parses or draws in a pure room.",
    ),
    only(
      "audit",
      "^server/disclosure/audit/",
      ["^data/contracts/"],
      "The audit shares no line with the gate that it judges, nor with anything the gate computes by: one mistake must not hide another.",
    ),
    never(
      "gate-without-audit",
      { path: "^server/disclosure/", pathNot: "^server/disclosure/audit/" },
      { path: "^server/disclosure/audit/" },
      "The gate decides alone and is judged afterwards: with the audit's own code it would only ever agree with itself.",
    ),
    only(
      "contracts",
      "^data/contracts/",
      [],
      "A contract is the ground that everybody stands on: it stands on nothing.",
    ),
    never(
      "contracts-zod-only",
      { path: "^data/contracts/" },
      { dependencyTypesNot: ["local"], pathNot: npm("zod") },
      "A contract is zod alone, so that its JSON Schema says everything.",
    ),
    only("words", "^data/words/", ["^data/contracts/"], "Words are texts in three languages: they do nothing."),
    only(
      "samples",
      "^data/samples/",
      ["^data/(contracts|codebooks|classifications|words)/", "^server/statistics/"],
      "The samples come as a steward would send them: made beside the pipeline, never with it.",
    ),
    only(
      "start",
      "^server/start/",
      [],
      "The starting scripts run before anything is installed or built: plain Node alone.",
    ),
    never(
      "start-without-packages",
      { path: "^server/start/" },
      { dependencyTypesNot: ["local", "core"] },
      "The starting scripts run before anything is installed: they know no package.",
    ),
    only("env", ENV, [], "What the surroundings say is read in one file that needs nothing."),
    only(
      "proxy",
      "^proxy\\.ts$",
      ["^app/", ENV],
      "The proxy redirects and sets headers; it never authorises and reads no data.",
    ),
    never(
      "duckdb-in-the-cellar",
      { pathNot: "^server/store/microdata/" },
      { path: `${NATIVE_DUCKDB}|${npm(NATIVE_DUCKDB)}` },
      "Only the cellar opens DuckDB: two openings of one file lose rows, and the web process has no business with them.",
    ),
    never(
      "engine-in-explore",
      { pathNot: "^components/explore/" },
      { path: `${BROWSER_DUCKDB}|${npm(BROWSER_DUCKDB)}` },
      "The browser's DuckDB chooses among published cells on one page; nowhere else has it any business.",
    ),
    never(
      "databases-in-the-store",
      { pathNot: "^server/store/" },
      { path: npm("pg|drizzle-orm|@electric-sql/[^/]+") },
      "Only the store speaks SQL: a query elsewhere is bound by no test.",
    ),
    never(
      "sql-in-the-store",
      { pathNot: "^server/store/" },
      { path: "^data/sql/" },
      "SQL lies in files and only the store speaks it, so that every query is bound by a real database in a test.",
    ),
    never(
      "zod-at-the-edge",
      { path: HOUSE, pathNot: "^data/contracts/|^server/(api|store|commands|pipeline)/" },
      { path: npm("zod") },
      "Parse at the edge; from then on the type remembers.",
    ),
    never(
      "web-never-reaches-the-cellar",
      { path: "^(app|components|server/api)/|^proxy\\.ts$" },
      { path: `^server/(store/microdata|pipeline|commands)/|${NATIVE_DUCKDB}`, reachable: true },
      "There is no way from the pages to personal rows, over however many doors.",
    ),
    never(
      "no-development-packages",
      { path: "^(app|components|server|data)/|^proxy\\.ts$" },
      { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
      "What runs for people is listed among the dependencies.",
    ),
    never(
      "no-circles",
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
      "Doors open one way, inside a room too: a circle has no beginning to read from.",
    ),
    never("found", {}, { couldNotResolve: true }, "An import that cannot be found cannot be looked at either."),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(\\.next|build)/" },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types", "style"],
      mainFields: ["module", "main", "types", "style"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".d.ts", ".css"],
    },
  },
};
