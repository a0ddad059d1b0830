import { spawnSync } from "node:child_process";
import { build } from "esbuild";
import { ROOT } from "../prepared-home.mjs";

const [PERSONS, DRIVERS, POPULATIONS, DRAWS] = [3_000, 8, 9, 500];
/** R is timed for so many draws, since all would take minutes. */
const PEER_DRAWS = 5;

/** Importance of eight drivers with its interval from 500 resampled designs, for everyone and eight segments, beside R's own solve. */
export async function driversBench() {
  const { driverImportance, weightedSpread, simpleDesign, createRandom } = await compile();
  const people = drawn();
  const rows = Int32Array.from({ length: PERSONS }, (_, row) => row);
  const design = simpleDesign(new Float64Array(PERSONS).fill(1));
  const start = performance.now();
  for (let population = 0; population < POPULATIONS; population++)
    driverImportance(design, weightedSpread(people, design.weights, rows), {
      random: createRandom("5eed".repeat(8)),
      draws: DRAWS,
    });
  const own = (performance.now() - start) / (POPULATIONS * DRAWS);
  const peer = peerPerDraw(people);
  return {
    title: `Shapley's division of R² among ${DRIVERS} drivers, n = ${PERSONS}: ${POPULATIONS} populations of ${DRAWS} draws`,
    rows: [
      {
        "all, s": ((own * POPULATIONS * DRAWS) / 1000).toFixed(2),
        "a draw, ms": own.toFixed(3),
        "R, 255 × solve(), a draw, ms": peer?.toFixed(1) ?? "R is not here",
        "R / this": peer ? (peer / own).toFixed(0) : "",
      },
    ],
  };
}

function drawn() {
  let state = 7;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
  const common = Float64Array.from({ length: PERSONS }, normal);
  const drivers = Array.from({ length: DRIVERS }, () => common.map((own) => 55 + 12 * own + 15 * normal()));
  const outcome = common.map((own, row) => 50 + 6 * own + 0.3 * (drivers[0][row] - 55) + 10 * normal());
  return [outcome, ...drivers];
}

/** Milliseconds of one draw by R's solve() over every subset; null without R. */
function peerPerDraw(columns) {
  const script = `
    x <- matrix(scan(file("stdin"), quiet = TRUE), ncol = ${DRIVERS + 1}); p <- ${DRIVERS}
    subsets <- lapply(1:(2^p - 1), function(i) which(bitwAnd(i, 2^(0:(p - 1))) > 0))
    t <- system.time(for (d in 1:${PEER_DRAWS}) {
      C <- cov.wt(x, wt = rexp(nrow(x)), method = "ML")$cov
      for (s in subsets) { r <- C[s + 1, 1]; sum(solve(C[s + 1, s + 1, drop = FALSE], r) * r) }
    })
    cat(1000 * t[["elapsed"]] / ${PEER_DRAWS})`;
  const input = columns.map((column) => Array.from(column).join("\n")).join("\n");
  const child = spawnSync("Rscript", ["-e", script], { input, encoding: "utf8", timeout: 60_000 });
  return child.status === 0 ? Number(child.stdout) : null;
}

async function compile() {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        export { driverImportance } from "./server/statistics/driver-importance.ts";
        export { weightedSpread } from "./server/statistics/weighted-covariance.ts";
        export { simpleDesign } from "./server/statistics/design.ts";
        export { createRandom } from "./server/segmentation/random.ts";`,
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
