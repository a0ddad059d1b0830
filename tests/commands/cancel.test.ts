import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMMAND, done, temporaryFolder, tree } from "../command.ts";
import { threeKinds } from "../pipeline/kinds-of-people.ts";
import { house, lifeEvent } from "../pipeline/made-up.ts";

type Step = { step: string; done: number; of: number; seconds: number };
type Ended = {
  code: number | null;
  signal: NodeJS.Signals | null;
  document: { ok: boolean; release: string; problems: { code: string; message: string; todo: string }[] };
  steps: Step[];
};

describe("a release that is ended before it is finished", () => {
  let folder: string;
  let own: ReturnType<typeof house>;
  const event = lifeEvent("ended-event", "ended", { variables: ["area"] });
  beforeAll(() => {
    folder = temporaryFolder("cancel");
    own = house(folder, "ended");
    own.ingest(threeKinds(21, 320, { id: "ended" }).survey);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs a release and sends it a signal at its first line of a step. */
  const run = (signal?: NodeJS.Signals, at?: string): Promise<Ended> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [COMMAND, ...own.releasing(event), "--json"], {
        stdio: ["ignore", "pipe", "pipe"],
      });
      let [out, err] = ["", ""];
      let sent = false;
      child.stdout.on("data", (piece) => {
        out += piece;
      });
      child.stderr.on("data", (piece) => {
        err += piece;
        if (!signal || sent || !err.includes(`"step":"${at}"`)) return;
        sent = true;
        child.kill(signal);
      });
      child.on("close", (code, ending) => {
        const steps = err
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line) as Step);
        resolve({ code, signal: ending, document: JSON.parse(out), steps });
      });
    });

  test.each([
    { signal: "SIGTERM", at: "gather" },
    { signal: "SIGTERM", at: "stability" },
    { signal: "SIGINT", at: "structure" },
  ] as const)("by $signal while at $at: says so, exits 1, and the home is as it was", async ({ signal, at }) => {
    const before = tree(own.home);
    const ended = await run(signal, at);
    expect([ended.code, ended.signal, ended.document.problems.map(({ code }) => code)]).toEqual([
      1,
      null,
      ["cancelled"],
    ]);
    expect(ended.document.problems[0]?.todo.length).toBeGreaterThan(10);
    expect(tree(own.home)).toEqual(before);
    for (const left of ["lock", "vault/work", "vault/releases", "published"])
      expect([left, existsSync(join(own.home, left))]).toEqual([left, false]);
  });

  test("can be begun again, tells how far it is, and is made", async () => {
    const { code, document, steps } = await run();
    expect([code, document.ok]).toEqual([0, true]);
    expect(existsSync(join(own.home, "published", document.release, "release.json"))).toBe(true);
    expect(existsSync(join(own.home, "lock"))).toBe(false);
    for (const { done, of, seconds } of steps) {
      expect([done, of, seconds].every(Number.isFinite)).toBe(true);
      expect(done).toBeLessThanOrEqual(of);
    }
    for (const step of ["groups", "stability", "structure", "estimate"]) {
      const told = steps.filter((one) => one.step === step);
      expect([step, told.length > 1]).toEqual([step, true]);
      expect([step, told.some((one) => one.done === one.of)]).toEqual([step, true]);
    }
    const order = [...new Set(steps.map(({ step }) => step))];
    expect(order).toEqual([
      "gather",
      "score",
      "groups",
      "stability",
      "structure",
      "protect",
      "estimate",
      "audit",
      "models",
      "store",
    ]);
    expect(done("release", ...own.releasing(event).slice(1)).already).toBe(true);
  });
});
