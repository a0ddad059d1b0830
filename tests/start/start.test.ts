import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "../../server/start/port.mjs";
import { buildSmallHouse } from "./small-house.ts";

const EVERYTHING = [
  "packages",
  "build command",
  "build engine",
  "build pages",
  "samples",
  "extract answers-1.csv",
  "extract answers-2.csv",
  "extract counts.csv",
  "release moving",
  "pointer moving",
];

describe("a newcomer starts", () => {
  const house = buildSmallHouse();
  const home = join(house.root, ".tilannekuva");
  const pointer = () => readFileSync(join(home, "published/current/moving.json"), "utf8");
  beforeAll(async () => {
    const first = await house.start();
    expect(first.steps).toEqual(EVERYTHING);
    expect(first.lines.at(-1)).toMatch(/^http:\/\/localhost:\d+$/);
    expect(first.code).toBe(0);
  });
  afterAll(house.remove);

  it("does nothing again when nothing has changed, within five seconds", async () => {
    const second = await house.start();
    expect(second.steps).toEqual([]);
    for (const step of EVERYTHING) expect(second.output).toMatch(new RegExp(`^${step} +fresh$`, "m"));
    expect(second.lines.at(-1)).toMatch(/^http:/);
    expect(second.seconds).toBeLessThan(5);
  });

  it("releases only life events whose codebooks have samples", () => {
    expect(readdirSync(join(home, "published/current"))).toEqual(["moving.json"]);
  });

  it("has the pages' scripts compiled while they arrive", () => {
    const script = readFileSync(join(house.root, ".next/static/chunks/page.js"), "utf8");
    expect(script).toBe("//# allFunctionsCalledOnLoad\n(() => {})();\n");
  });

  it("builds the pages alone when a page has changed", async () => {
    house.write("app/page.tsx", "export default function Page() { return 1 }\n");
    const { steps, output } = await house.start();
    expect(steps).toEqual(["build pages"]);
    expect(output).toContain("app/page.tsx changed");
  });

  it("takes a changed comment in the pipeline as a new bundle, not as a new picture", async () => {
    house.write("server/pipeline/method.ts", '// said better\nexport const METHOD: string = "1";\n');
    expect((await house.start()).steps).toEqual(["build command"]);
  });

  it("makes everything of the data again when the pipeline has changed", async () => {
    const before = pointer();
    house.write("server/pipeline/method.ts", 'export const METHOD: string = "2";\n');
    const { steps } = await house.start();
    expect(steps).toEqual(["build command", ...EVERYTHING.slice(EVERYTHING.indexOf("samples") + 1)]);
    expect(pointer()).not.toBe(before);
  });

  it("reads in one file again when its codebook has changed, and releases", async () => {
    house.write("data/codebooks/answers-2.json", JSON.stringify({ id: "answers", version: 3 }));
    const { steps, output } = await house.start();
    // the generator of the samples reads it too, so the command is bundled again; that alone makes nothing else stale
    expect(steps).toEqual(["build command", "extract answers-2.csv", "release moving", "pointer moving"]);
    expect(output).toContain("data/codebooks/answers-2.json changed");
  });

  it("makes a touched sample again and finds everything else as it was", async () => {
    house.write(".tilannekuva/samples/answers-1.csv", "a;b\n9;9\n");
    const { steps, output } = await house.start();
    expect(steps).toEqual(["samples"]);
    expect(output).toContain("answers-1.csv changed");
    expect(readFileSync(join(home, "samples/answers-1.csv"), "utf8")).toBe("a;b\n1;2\n");
  });

  it("makes a lost sample again", async () => {
    rmSync(join(home, "samples/counts.csv"));
    expect((await house.start()).output).toMatch(/samples +… counts.csv is missing/);
  });

  it("releases again when the policy has changed", async () => {
    house.write("data/policy/disclosure.json", '{"version":2}');
    expect((await house.start()).steps).toEqual(["release moving"]);
  });

  it("installs again when the lock file has changed, and only then builds", async () => {
    house.write("package-lock.json", '{"version":2}');
    expect((await house.start()).steps).toEqual(["packages", "build command", "build pages"]);
  });

  it("leaves a pointer that a person has set back", async () => {
    house.write(".tilannekuva/published/current/moving.json", '{"release":"moving.000000000000"}');
    expect((await house.start()).steps).toEqual([]);
    expect(pointer()).toContain("moving.000000000000");
  });

  it("keeps a home elsewhere when told to", async () => {
    const { steps } = await house.start(["--home", join(house.root, "elsewhere")]);
    expect(steps).toEqual(EVERYTHING.slice(EVERYTHING.indexOf("samples")));
    const again = await house.start([], { TILANNEKUVA_HOME: join(house.root, "elsewhere") });
    expect(again.steps).toEqual([]);
  });
});

describe("what stops a start is one sentence and an exit code", () => {
  let house: ReturnType<typeof buildSmallHouse>;
  beforeEach(() => {
    house = buildSmallHouse();
  });
  afterEach(() => house.remove());

  it("says that the port is taken before it does anything", async () => {
    const port = await freePort();
    const server = createServer().listen(port, "127.0.0.1");
    const { code, lines } = await house.start(["--port", String(port)]);
    server.close();
    expect(code).toBe(1);
    expect(lines).toEqual([
      `Port ${port} is taken by another program: stop it, or choose another port with --port ${port + 1}.`,
    ]);
  });

  it("says what it does not understand", async () => {
    const { code, lines } = await house.start(["--prot", "3000"]);
    expect(code).toBe(2);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("--prot");
    expect((await house.start(["--port", "http"])).lines).toEqual(["--port takes a number, not http. Try --help."]);
  });

  it("says that the pages could not be built, with the builder's words, and builds again next time", async () => {
    house.write("app/page.tsx", "broken");
    const broken = await house.start();
    expect(broken.code).toBe(1);
    expect(broken.output).toContain(
      "The pages could not be built; Next says why below.\n\napp/page.tsx:1 does not parse\n",
    );
    expect(broken.output).not.toContain("    at ");
    expect(existsSync(join(house.root, "build/stamps/pages.json"))).toBe(false);
    expect(existsSync(join(house.root, ".tilannekuva"))).toBe(false);
    house.write("app/page.tsx", "mended");
    expect((await house.start()).steps[0]).toBe("build pages");
  });

  it("says that the command could not be built and leaves the earlier command", async () => {
    expect((await house.build(["--command-only"])).steps).toEqual(["packages", "build command"]);
    const before = readFileSync(join(house.root, "build/tilannekuva.mjs"), "utf8");
    house.write("server/pipeline/method.ts", "export const METHOD = ;\n");
    const broken = await house.build();
    expect(broken.code).toBe(1);
    expect(broken.output).toContain("The command could not be built");
    expect(broken.output).toContain("server/pipeline/method.ts:1");
    expect(broken.output).not.toContain("    at ");
    expect(readFileSync(join(house.root, "build/tilannekuva.mjs"), "utf8")).toBe(before);
    expect(readdirSync(join(house.root, "build")).sort()).toEqual(["stamps", "tilannekuva.mjs"]);
  });

  it("says every problem of a refused codebook and leaves the earlier picture", async () => {
    await house.start();
    const pointer = join(house.root, ".tilannekuva/published/current/moving.json");
    const before = readFileSync(pointer, "utf8");
    house.write("data/codebooks/answers-1.json", '{"id":"answers","bad":1}');
    const refused = await house.start();
    expect(refused.code).toBe(1);
    expect(refused.output).toContain("columns[0]: The codebook is bad. Mend it.\ncolumns[0]: Twice. Mend it.\n");
    expect(refused.steps).toEqual(["extract answers-1.csv"]);
    expect(readFileSync(pointer, "utf8")).toBe(before);
    house.write("data/codebooks/answers-1.json", JSON.stringify({ id: "answers", version: 1 }));
    expect((await house.start()).steps).toEqual([]);
  });

  it("says that the packages could not be installed, with npm's words", async () => {
    house.write("npm/npm-cli.cjs", 'console.error("npm error network"); process.exit(1);');
    const { code, output } = await house.start();
    expect(code).toBe(1);
    expect(output).toContain("The packages could not be installed; npm says why below.\n\nnpm error network\n");
  });

  it("says that the server did not start", async () => {
    house.write(".tilannekuva/no-serving", "");
    const { code, lines } = await house.start();
    expect(code).toBe(1);
    expect(lines.at(-1)).toBe("The server did not start.");
  });
});

describe("--fresh empties a home of samples alone", () => {
  let house: ReturnType<typeof buildSmallHouse>;
  beforeEach(async () => {
    house = buildSmallHouse();
    await house.start();
  });
  afterEach(() => house.remove());

  it("makes everything of the data again", async () => {
    expect((await house.start(["--fresh"])).steps).toEqual(EVERYTHING.slice(EVERYTHING.indexOf("samples")));
  });

  it.each([
    ["an extract", "vault/extracts/answers.0123456789ab/extract.json"],
    ["a release", "published/moving.0123456789ab/release.json"],
    ["a file among the samples", "samples/mine.csv"],
    ["organisations and roles", "app/data"],
    ["anything else", "notes.txt"],
  ])("refuses a home with %s of somebody's own, unless told yes", async (_what, path) => {
    house.write(`.tilannekuva/${path}`, "mine");
    const refused = await house.start(["--fresh"]);
    expect(refused.code).toBe(1);
    expect(refused.lines).toHaveLength(1);
    expect(refused.lines[0]).toContain("nothing was removed");
    expect(existsSync(join(house.root, ".tilannekuva", path))).toBe(true);
    expect((await house.start(["--fresh", "--yes"])).steps).toEqual(EVERYTHING.slice(EVERYTHING.indexOf("samples")));
    expect(existsSync(join(house.root, ".tilannekuva", path))).toBe(path === "notes.txt");
  });

  it("never touches a folder that is no home, yes or not", async () => {
    house.write("documents/thesis.txt", "mine");
    const { code, lines } = await house.start(["--fresh", "--yes", "--home", join(house.root, "documents")]);
    expect(code).toBe(1);
    expect(lines[0]).toContain("is not a home");
    expect(existsSync(join(house.root, "documents/thesis.txt"))).toBe(true);
  });

  it("refuses while a verb works on it", async () => {
    house.write(".tilannekuva/lock", String(process.pid));
    const { lines } = await house.start(["--fresh", "--yes"]);
    expect(lines).toEqual([expect.stringContaining(`Process ${process.pid} is working on`)]);
  });
});
