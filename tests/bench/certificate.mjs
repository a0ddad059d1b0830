import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { ROOT } from "../prepared-home.mjs";

const DIMENSIONS = 8;
const THREADS = 2;
const KS = [2, 3, 4, 5, 6, 7, 8];
const STARTS = 100;
const RESAMPLES = 100;
const STARTS_A_RESAMPLE = 20;
const REFERENCES = 99;
const STARTS_A_REFERENCE = 6;
const STARTS_A_TASK = 25;
const RESAMPLES_A_TASK = 5;
/** Of the resamples and references the peers do this part, of the starts the other, and their time is multiplied. */
const PEER_SHARE = 1 / 50;
const PEER_STARTS = 1 / 10;
/** Two quiet cores: scikit-learn 1.2 ms a start by n (k ≤ 8, 8 dimensions), R's kmeans, seconds within which we want to be. */
const RECORDED = {
  1200: { scikitLearn: 2.5, r: 1, budget: 5 },
  10000: { scikitLearn: 7.4, r: null, budget: 40 },
};

/**
 * One full certificate: k = 2 … 8 with 100 starts, 100 resamples × 20 starts, the structure test with 99 references, on two
 * threads; beside the same k-means work done by scikit-learn and by R, recorded and (where they are here) in this run.
 */
export async function certificateBench() {
  const folder = mkdtempSync(join(tmpdir(), "tilannekuva-bench-"));
  try {
    const worker = join(folder, "worker.mjs");
    await build({
      stdin: { contents: WORKER, resolveDir: ROOT, loader: "ts" },
      outfile: worker,
      bundle: true,
      platform: "node",
      format: "esm",
      logLevel: "warning",
    });
    const rows = [];
    for (const n of Object.keys(RECORDED).map(Number)) rows.push(...(await benchOf(n, folder, worker)));
    return {
      title: `Certificate: k 2–8 × ${STARTS} starts, ${RESAMPLES} resamples × ${STARTS_A_RESAMPLE} starts, structure test with ${REFERENCES} references; ${DIMENSIONS} dimensions, ${THREADS} threads`,
      rows,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchOf(n, folder, worker) {
  const points = fourTypes(n);
  const ours = await certify(points, n, worker);
  const all = startsOf(n);
  const line = (what, seconds, more = {}) => ({
    n,
    what,
    seconds: seconds.toFixed(2),
    "this / ours": (seconds / ours.seconds).toFixed(1),
    ...more,
  });
  const recorded = RECORDED[n];
  const scikitRecorded = (all * recorded.scikitLearn) / 1000;
  const rRecorded = recorded.r === null ? null : (all * recorded.r) / 1000 / THREADS;
  const measured = peers(points, n, folder);
  return [
    line(`tilannekuva (budget ${recorded.budget} s)`, ours.seconds, { "processor s": ours.processor.toFixed(2) }),
    ...ours.steps.map(({ what, seconds }) => line(`  ${what}`, seconds)),
    line(`scikit-learn recorded, ${recorded.scikitLearn} ms a start`, scikitRecorded),
    ...(rRecorded === null
      ? []
      : [line(`R kmeans recorded, ${recorded.r} ms a start, as if on both cores`, rRecorded)]),
    ...measured.map(({ what, seconds, objective }) =>
      line(what, seconds, { "objective k = 8 / ours": (objective / ours.objective).toFixed(6) }),
    ),
  ];
}

/** All that a release asks of the engine about one wave. */
async function certify(points, n, file) {
  const workers = Array.from({ length: THREADS }, () => new Worker(file));
  const before = process.cpuUsage();
  const started = performance.now();
  const steps = [];
  const step = async (what, work) => {
    const from = performance.now();
    const answer = await work();
    steps.push({ what, seconds: (performance.now() - from) / 1000 });
    return answer;
  };
  try {
    for (const one of workers)
      one.postMessage({ share: { points, weights: new Float64Array(n).fill(1), dimensions: DIMENSIONS } });
    const chunks = (seeds, size) =>
      Array.from({ length: Math.ceil(seeds.length / size) }, (_, i) => seeds.slice(i * size, (i + 1) * size));
    const solutions = await step("starts", () =>
      divide(
        workers,
        KS.flatMap((k) =>
          chunks(seeds(k, STARTS), STARTS_A_TASK).map((some) => ({ starts: { clusters: k, seeds: some } })),
        ),
      ),
    );
    const best = new Map();
    for (const solution of solutions) {
      const known = best.get(solution.k);
      if (!known || solution.objective < known.objective) best.set(solution.k, solution);
    }
    await step("stability", () =>
      divide(
        workers,
        KS.flatMap((k) =>
          chunks(seeds(100 + k, RESAMPLES), RESAMPLES_A_TASK).map((some) => ({
            resamples: { clusters: k, labels: best.get(k).labels, seeds: some },
          })),
        ),
      ),
    );
    await step("structure", async () => {
      const [prepared] = await divide(workers, [{ prepare: seeds(300, 1)[0] }]);
      for (const one of workers) one.postMessage({ prepared });
      await divide(workers, [
        { data: seeds(301, 1)[0] },
        ...seeds(302, REFERENCES).map((seed) => ({ reference: seed })),
      ]);
    });
    const seconds = (performance.now() - started) / 1000;
    const used = process.cpuUsage(before);
    return { seconds, steps, processor: (used.user + used.system) / 1e6, objective: best.get(8).objective };
  } finally {
    for (const one of workers) await one.terminate();
  }
}

/** Gives tasks to whichever worker is free; answers in the order of the tasks. */
function divide(workers, tasks) {
  const answers = new Array(tasks.length);
  let next = 0;
  const serve = (worker) =>
    new Promise((resolve, reject) => {
      const give = () => {
        if (next === tasks.length) {
          worker.off("error", reject);
          resolve();
          return;
        }
        const index = next++;
        worker.once("message", (answer) => {
          answers[index] = answer;
          give();
        });
        worker.postMessage(tasks[index]);
      };
      worker.once("error", reject);
      give();
    });
  return Promise.all(workers.map(serve)).then(() => answers);
}

const WORKER = `
import { parentPort } from "node:worker_threads";
import { bestOfStarts } from "./server/segmentation/k-means.ts";
import { resampleStability } from "./server/segmentation/stability.ts";
import { dataWithin, prepareStructureTest, referenceWithin } from "./server/segmentation/structure-test.ts";

let shared: any;
let prepared: any;
parentPort!.on("message", (asked: any) => {
  if (asked.share) shared = asked.share;
  else if (asked.prepared) prepared = asked.prepared;
  else parentPort!.postMessage(answer(asked));
});

function answer({ starts, resamples, prepare, data, reference }: any): unknown {
  if (starts) return { k: starts.clusters, ...bestOfStarts({ ...shared, clusters: starts.clusters }, starts.seeds) };
  if (resamples) return resamples.seeds.map((seed: string) => resampleStability({ ...shared, ...resamples, seed }));
  if (prepare) return prepareStructureTest(shared.points, shared.dimensions, prepare);
  if (data) return dataWithin(prepared, data);
  return referenceWithin(prepared, reference);
}
`;

function seeds(purpose, count) {
  return Array.from({ length: count }, (_, index) =>
    [purpose, index, 0x9e3779b9, 0xf39cc060].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join(""),
  );
}

/** Starts of k-means in a certificate; those of the structure test count by its rows, at most 3 000. */
function startsOf(n) {
  const structure = (1 + REFERENCES) * (KS.length - 2) * STARTS_A_REFERENCE;
  return KS.length * (STARTS + RESAMPLES * STARTS_A_RESAMPLE) + structure * Math.min(1, 3000 / n);
}

/** Four latent types, each dimension the mean of four five-point items; z-scores. */
function fourTypes(n) {
  let state = 20240607;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
  const types = [
    [0.6, 0.6, 0.5, 0.5, 0.3, 0.5, 0.3, 0.6],
    [-0.9, -0.1, -0.2, -0.3, -0.2, 0.4, 0, -0.9],
    [0.1, -0.9, 0, -0.4, -0.1, -0.8, 0.1, -0.2],
    [-0.3, 0.3, 0.7, -0.1, -0.3, -1, -0.6, -0.1],
  ];
  const points = new Float64Array(n * DIMENSIONS);
  for (let row = 0; row < n; row++) {
    const share = next();
    const type = types[share < 0.4 ? 0 : share < 0.65 ? 1 : share < 0.85 ? 2 : 3];
    const level = normal();
    for (let d = 0; d < DIMENSIONS; d++) {
      const latent = 1.25 * type[d] + 0.75 * (0.5 * level + Math.sqrt(0.75) * normal());
      for (let item = 0; item < 4; item++) {
        const answer = latent + 0.8 * normal();
        points[row * DIMENSIONS + d] += [-1.3, -0.4, 0.4, 1.3].filter((border) => answer >= border).length;
      }
    }
  }
  for (let d = 0; d < DIMENSIONS; d++) {
    const column = Array.from({ length: n }, (_, row) => points[row * DIMENSIONS + d]);
    const mean = column.reduce((sum, value) => sum + value, 0) / n;
    const deviation = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
    for (let row = 0; row < n; row++) points[row * DIMENSIONS + d] = (column[row] - mean) / deviation;
  }
  return points;
}

/** The same k-means work by whoever is here: a part of it, multiplied. */
function peers(points, n, folder) {
  const file = join(folder, `points-${n}.bin`);
  writeFileSync(file, points);
  const settings = [
    file,
    n,
    STARTS * PEER_STARTS,
    Math.round(RESAMPLES * PEER_SHARE),
    STARTS_A_RESAMPLE,
    Math.round((1 + REFERENCES) * PEER_SHARE),
    STARTS_A_REFERENCE,
  ];
  const peer = (what, program, args, share) => {
    const child = spawnSync(program, [...args, ...settings.map(String)], { encoding: "utf8" });
    if (child.status !== 0) return [];
    const { starts, resamples, structure, objective, version } = JSON.parse(child.stdout);
    const seconds = (starts / PEER_STARTS + (resamples + structure) / PEER_SHARE) / share;
    return [
      { what: `${what(version)}, this run, reckoned from ${PEER_SHARE * 100} % of its resamples`, seconds, objective },
    ];
  };
  const script = (name, text) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  return [
    ...peer((version) => `scikit-learn ${version}`, "python3", [script("peer.py", PYTHON)], 1),
    ...peer((version) => `R kmeans ${version}, as if on both cores`, "Rscript", [script("peer.R", R)], THREADS),
  ];
}

const PYTHON = `
import json, sys, time, warnings
import numpy as np, sklearn
from sklearn.cluster import KMeans
warnings.filterwarnings("ignore")
file, n, starts, resamples, inner, references, few = sys.argv[1], *map(int, sys.argv[2:])
Z = np.fromfile(file).reshape(n, -1)
rng = np.random.default_rng(1)
fit = lambda A, k, s: KMeans(k, n_init=s, random_state=0).fit(A)
for k in range(2, 9): fit(Z, k, 1)
t = time.perf_counter()
last = [fit(Z, k, starts) for k in range(2, 9)][-1]
out = dict(starts=time.perf_counter() - t, objective=last.inertia_, version=sklearn.__version__)
t = time.perf_counter()
for b in range(resamples):
    A = Z[rng.integers(0, n, n)]
    for k in range(2, 9): fit(A, k, inner)
out["resamples"] = time.perf_counter() - t
A = Z[rng.permutation(n)[:3000]]
t = time.perf_counter()
for b in range(references):
    for k in range(2, 7): fit(A, k, few)
out["structure"] = time.perf_counter() - t
print(json.dumps(out))
`;

const R = `
a <- commandArgs(TRUE); n <- as.integer(a[2]); s <- as.integer(a[3:7])
Z <- matrix(readBin(a[1], "double", n * 8, endian = "little"), n, byrow = TRUE); set.seed(1)
fit <- function(A, k, starts) suppressWarnings(kmeans(A, k, nstart = starts, iter.max = 50))
now <- function() proc.time()[["elapsed"]]
t <- now(); for (k in 2:8) last <- fit(Z, k, s[1]); starts <- now() - t
t <- now(); for (b in seq_len(s[2])) { A <- Z[sample(n, n, TRUE), ]; for (k in 2:8) fit(A, k, s[3]) }; resamples <- now() - t
A <- Z[sample(n, min(n, 3000)), ]
t <- now(); for (b in seq_len(s[4])) for (k in 2:6) fit(A, k, s[5]); structure <- now() - t
cat(sprintf('{"starts": %f, "resamples": %f, "structure": %f, "objective": %.10f, "version": "%s"}', starts, resamples, structure, last$tot.withinss, getRversion()))
`;
