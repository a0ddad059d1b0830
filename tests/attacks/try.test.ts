import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cellKey } from "../../data/contracts/cell.ts";
import { sampleHome } from "../home.ts";
import { attackersOf, cellsOfWave, sceneOfPersons, sceneOfMeasure, thresholdOnly, variablesOf } from "./scenes.ts";
import { subtractNested, subtractParts, combineTables, leaveOut, ledgerOf, answeredOf } from "./attackers.ts";
import { trueWaves } from "./true-waves.ts";
import { isAnswered } from "./answers.ts";

test("families", async () => {
  const home = await sampleHome();
  for (const id of readdirSync(join(home, "published")).filter((n) => n.includes("."))) {
    const release = JSON.parse(readFileSync(join(home, "published", id, "release.json"), "utf8"));
    const truths = trueWaves(home, release);
    for (const [wave, truth] of truths) {
      const seen = { release, truth, cells: cellsOfWave(release, wave) };
      const measures = [...new Set(seen.cells.map(({ measure }) => measure))].filter((m) => /^(item|dimension|low|service|unclass)/.test(m));
      const families = new Map<string, string[]>();
      for (const m of measures) {
        const v = truth.answersTo(m);
        if (!v) { console.log("no answers", m); continue; }
        if (m === "unclassifiable") continue;
        const key = Array.from(v, (x, r) => (truth.counted[r] && !Number.isNaN(x) ? 1 : 0)).join("");
        families.set(key, [...(families.get(key) ?? []), m]);
      }
      console.log(wave, measures.length, families.size);
      const t0 = performance.now();
      const rows: any[] = [];
      for (const [key, ms] of families) {
        const n = [...key].filter((x) => x === "1").length;
        for (const attacker of attackersOf(truth)) {
          const scene = sceneOfMeasure(seen, attacker, ms);
          const ledger = ledgerOf(scene);
          const below = scene.answered.filter((a) => a.n < 10).length;
          const r = [below, subtractNested(scene).length, subtractParts(scene).length, combineTables(scene, ledger).length, leaveOut(scene, ledger).length];
          if (r.some((x) => x > 0)) console.log("LEAK", wave, attacker.who, ms.join(), n, scene.answered.length, r);
        }
      }
      console.log("time", performance.now() - t0);
    }
  }
}, 600_000);
