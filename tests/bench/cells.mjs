import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { ROOT } from "../prepared-home.mjs";

const ROWS = 5_000;
const MEASURES = 9;
const CELLS = 3_000;
const STRATA = 20;
const UNITS = 400;
const PEER_DOMAINS = 300;
/** survey::svyby, one measure in 300 domains at n = 5 000: 1.27 s on two quiet cores. */
const RECORDED_MS = 1270 / PEER_DOMAINS;

/** Means with standard errors of many cells of one stratified, clustered design, beside R's survey; and how time grows. */
export async function cellsBench() {
  const { weightedMean } = await compileStatistics();
  const survey = makeSurvey(ROWS);
  const cells = makeCells(survey, CELLS);
  const domains = groupRows(survey.area, PEER_DOMAINS, (row) => survey.area[row]);
  const msPerCell = (groups, measures) => {
    const seconds = timed(() => {
      for (const values of measures) for (const members of groups) weightedMean(survey.design, values, members);
    });
    return (1000 * seconds) / (groups.length * measures.length);
  };
  const cold = msPerCell(cells, survey.values);
  const warm = Math.min(...[1, 2, 3].map(() => msPerCell(cells, survey.values)));
  const alike = Math.min(...[1, 2, 3, 4, 5].map(() => msPerCell(domains, survey.values.slice(0, 1))));
  const peer = peerInThisRun(survey);
  const peerMs = peer ? (1000 * peer.seconds) / PEER_DOMAINS : null;
  const line = (what, ms) => ({
    what,
    "ms per cell": ms.toFixed(4),
    "svyby recorded / this": (RECORDED_MS / ms).toFixed(1),
    "svyby of this run / this": peerMs ? (peerMs / ms).toFixed(1) : "",
  });
  return {
    title:
      `${CELLS.toLocaleString("en")} cells × ${MEASURES} measures of ${ROWS.toLocaleString("en")} rows, ${STRATA} strata, ${UNITS} units: mean, ` +
      `standard error, 95 % interval (${((cold * CELLS * MEASURES) / 1000).toFixed(2)} s in all, the first time)`,
    rows: [
      line("svyby, one measure in 300 domains, recorded (two quiet cores)", RECORDED_MS),
      ...(peerMs ? [line("svyby, one measure in 300 domains, this run", peerMs)] : []),
      line("tilannekuva, the same measure and domains", alike),
      line("tilannekuva, 3,000 cells × 9 measures, first time", cold),
      line("tilannekuva, 3,000 cells × 9 measures, again", warm),
      {
        what: peer
          ? `largest relative distance of our standard errors from svyby's: ${distance(weightedMean, survey, domains, peer).toExponential(1)}`
          : "no Rscript with survey here: recorded peer only",
      },
      ...growth(weightedMean),
    ],
  };
}

/** One pass of weightedMean over 100 domains, for more and more rows; time ~ rows^exponent, fitted by least squares. */
function growth(weightedMean) {
  const points = [1_000, 10_000, 100_000, 1_000_000].map((rows) => {
    const { design, values, area } = makeSurvey(rows);
    const domains = groupRows(area, 100, (row) => area[row] % 100);
    const pass = () => {
      for (const members of domains) weightedMean(design, values[0], members);
    };
    pass();
    const times = Array.from({ length: rows > 100_000 ? 3 : 7 }, () => timed(pass)).sort((left, right) => left - right);
    return { rows, seconds: times[Math.floor(times.length / 2)] };
  });
  const mean = (numbers) => numbers.reduce((total, value) => total + value, 0) / numbers.length;
  const x = points.map(({ rows }) => Math.log(rows));
  const y = points.map(({ seconds }) => Math.log(seconds));
  const rise = mean(x.map((value, index) => (value - mean(x)) * (y[index] - mean(y))));
  const exponent = rise / mean(x.map((value) => (value - mean(x)) ** 2));
  return [
    ...points.map(({ rows, seconds }) => ({
      what: `100 domains of ${rows.toLocaleString("en")} rows: ${(1000 * seconds).toFixed(1)} ms`,
      "ms per cell": (10 * seconds).toFixed(4),
    })),
    { what: `exponent of growth with rows: ${exponent.toFixed(2)} (1 is linear)` },
  ];
}

async function compileStatistics() {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, "server", "statistics", "mean.ts")],
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
}

/** Invented answers: strata, units within them, weights of 0.2 to 3, nine measures with a tenth missing, 300 areas. */
function makeSurvey(rows) {
  let state = 2025;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const unitCount = Math.max(UNITS, Math.ceil(rows / 12));
  const units = Int32Array.from({ length: rows }, () => Math.floor(next() * unitCount));
  const level = Float64Array.from({ length: unitCount }, () => 40 + 20 * next());
  return {
    design: {
      weights: Float64Array.from({ length: rows }, () => 0.2 + 2.8 * next() ** 2),
      strata: units.map((unit) => unit % STRATA),
      units,
    },
    values: Array.from({ length: MEASURES }, () =>
      Float64Array.from(units, (unit) => (next() < 0.1 ? Number.NaN : level[unit] + 40 * (next() - 0.5))),
    ),
    area: Int32Array.from({ length: rows }, () => Math.floor(next() * PEER_DOMAINS)),
  };
}

/** Cells of many sizes, as tables of one, two and three variables have them: from all persons to a few. */
function makeCells({ area }, count) {
  const cells = groupRows(area, 1, () => 0);
  for (let width = 2; cells.length < count; width = width < 300 ? Math.ceil(width * 1.3) : 2)
    cells.push(...groupRows(area, width, (row) => (area[row] + row * (width % 7)) % width));
  return cells.slice(0, count);
}

function groupRows(rows, codes, codeOf) {
  const groups = Array.from({ length: codes }, () => []);
  for (let row = 0; row < rows.length; row++) groups[codeOf(row)].push(row);
  return groups.map((members) => Int32Array.from(members));
}

function timed(work) {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

/** The same survey in R, timed there; null where R or its package survey is missing. */
function peerInThisRun({ design, values, area }) {
  const folder = mkdtempSync(join(tmpdir(), "tilannekuva-bench-"));
  try {
    const text = (value) => (Number.isNaN(value) ? "NA" : value);
    const lines = Array.from(design.weights, (weight, row) =>
      [weight, design.strata[row], design.units[row], area[row], text(values[0][row])].join(","),
    );
    const file = join(folder, "survey.csv");
    writeFileSync(file, `w,h,u,a,y\n${lines.join("\n")}\n`);
    const script = `
      suppressPackageStartupMessages(library(survey)); options(survey.lonely.psu = "certainty"); d <- read.csv("${file}")
      des <- svydesign(~u, strata = ~h, weights = ~w, data = d)
      t <- system.time(b <- svyby(~y, ~a, des, svymean, na.rm = TRUE))[["elapsed"]]
      cat(sprintf("%.6f", t), sprintf("%.17g", SE(b)), sep = "\\n")`;
    const child = spawnSync("Rscript", ["-e", script], { encoding: "utf8" });
    if (child.status !== 0) return null;
    const [seconds, ...errors] = child.stdout.trim().split("\n").map(Number);
    return { seconds, errors };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function distance(weightedMean, { design, values }, domains, { errors }) {
  const distances = domains.map((members, code) => {
    const ours = weightedMean(design, values[0], members);
    return ours && errors[code] > 0 ? Math.abs(ours.standardError / errors[code] - 1) : 0;
  });
  return Math.max(...distances);
}
