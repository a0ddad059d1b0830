import { climbFromStarts, toPosterior } from "./expectation-maximisation.ts";
import { createRandom, type Random } from "./random.ts";

export type LatentClassQuestion = {
  /** A column an item, a number a row, nothing missing: it counts only which answers of an item are equal. */
  answers: readonly Float64Array[];
  /** How many classes. */
  clusters: number;
};

export type LatentClasses = {
  logLikelihood: number;
  parameters: number;
  /** Lower is better. */
  bic: number;
  /** π_c, the largest class first. */
  shares: number[];
  /** θ by class, item and answer. */
  probabilities: number[][][];
  /** The different answers of each item, ascending. */
  answers: number[][];
  /** Whether the last step gained next to nothing. */
  converged: boolean;
};

/**
 * Why there are no classes: `few-rows` fewer than parameters; `constant-item` one answer was all there was;
 * `not-identified` more parameters than there are ways to answer, less one; `few-different-rows` fewer than classes.
 */
export type LatentClassRefused = "few-rows" | "constant-item" | "not-identified" | "few-different-rows";

/** Rows of the same answers, counted. θ of answer a of item j in class c stands at (first_j + a)·k + c. */
type Patterns = { times: Float64Array; cells: Int32Array; items: number; first: number[]; length: number };
type Model = { shares: Float64Array; theta: Float64Array };

/** What stands for ln 0: an answer that a class never gives. */
const NEVER = Math.log(1e-300);

/**
 * Latent class analysis: the classes under which the answers are most likely, if within a class one answer has nothing to do
 * with another.
 *
 *   ln L = Σ_i ln Σ_c π_c·Π_j θ_cj(x_ij),   BIC = −2·ln L + p·ln n,   p = (k − 1) + k·Σ_j (C_j − 1)         METHOD §3.1
 *
 * C_j = how many different answers item j has. By expectation–maximisation (`expectation-maximisation.ts`), a start a seed,
 * θ drawn at random. Unweighted, complete rows; their order does not show. An answer that a class never gives has θ = 0.
 * An alternative for analysts, which decides nothing.
 *
 * What may be of data is a named refusal. RangeError: k < 1, no start, no item, columns of different lengths, a missing
 * answer. Source: Lazarsfeld & Henry (1968), Latent structure analysis; Goodman (1974).
 */
export function latentClasses(
  { answers: columns, clusters }: LatentClassQuestion,
  seeds: readonly string[],
): LatentClasses | { refused: LatentClassRefused } {
  const rows = columns[0]?.length;
  if (rows === undefined || columns.some((column) => column.length !== rows || column.some(Number.isNaN)))
    throw new RangeError("every row has an answer to every item");
  if (!(Number.isInteger(clusters) && clusters >= 1)) throw new RangeError("at least one class");
  if (seeds.length === 0) throw new RangeError("at least one start");
  const answers = columns.map((column) => [...new Set(column)].sort((left, right) => left - right));
  const ways = answers.reduce((product, { length }) => product * length, 1);
  const parameters = clusters - 1 + clusters * answers.reduce((free, { length }) => free + length - 1, 0);
  if (rows === 0 || rows < parameters) return { refused: "few-rows" };
  if (answers.some(({ length }) => length < 2)) return { refused: "constant-item" };
  if (parameters > ways - 1) return { refused: "not-identified" };
  const patterns = gatherPatterns(columns, answers);
  if (patterns.times.length < clusters) return { refused: "few-different-rows" };

  const posterior = new Float64Array(patterns.times.length * clusters);
  const starts = clusters === 1 ? seeds.slice(0, 1) : seeds;
  const top = climbFromStarts(
    starts.map((seed) => drawModel(patterns, clusters, createRandom(seed))),
    rows,
    (model) => ({
      logLikelihood: expectation(model, patterns, posterior),
      next: maximisation(model, patterns, posterior),
    }),
  )!;
  const { logLikelihood, converged, model } = top;
  const bic = -2 * logLikelihood + parameters * Math.log(rows);
  return { logLikelihood, parameters, bic, ...largestFirst(model, patterns, answers), answers, converged };
}

/** The different rows in the order of their answers, and how often each is there. */
function gatherPatterns(columns: readonly Float64Array[], answers: readonly number[][]): Patterns {
  const first = answers.map((_, item) => answers.slice(0, item).reduce((cells, { length }) => cells + length, 0));
  const cellOf = answers.map((own, item) => new Map(own.map((answer, place) => [answer, first[item]! + place])));
  const found = new Map<string, { cells: number[]; times: number }>();
  for (let row = 0; row < columns[0]!.length; row++) {
    const cells = columns.map((column, item) => cellOf[item]!.get(column[row]!)!);
    const pattern = found.get(cells.join()) ?? { cells, times: 0 };
    pattern.times++;
    found.set(cells.join(), pattern);
  }
  const sorted = [...found].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, pattern]) => pattern);
  return {
    times: Float64Array.from(sorted, ({ times }) => times),
    cells: Int32Array.from(sorted.flatMap(({ cells }) => cells)),
    items: columns.length,
    first,
    length: answers.flat().length,
  };
}

/** Classes of equal size; each θ uniform between .1 and .9, then rescaled so that an item's sum to 1. */
function drawModel(patterns: Patterns, clusters: number, random: Random): Model {
  const theta = Float64Array.from({ length: patterns.length * clusters }, () => 0.1 + 0.8 * random.next());
  toProbabilities(theta, patterns, clusters);
  return { shares: new Float64Array(clusters).fill(1 / clusters), theta };
}

function expectation({ shares, theta }: Model, { times, cells, items }: Patterns, posterior: Float64Array): number {
  const clusters = shares.length;
  const logTheta = theta.map((chance) => (chance > 0 ? Math.log(chance) : NEVER));
  const logShares = shares.map((share) => (share > 0 ? Math.log(share) : NEVER));
  for (let pattern = 0; pattern < times.length; pattern++) {
    for (let c = 0; c < clusters; c++) {
      let density = logShares[c]!;
      for (let item = 0; item < items; item++) density += logTheta[cells[pattern * items + item]! * clusters + c]!;
      posterior[pattern * clusters + c] = density;
    }
  }
  return toPosterior(posterior, clusters, times);
}

/** π_c and θ_cj as shares of what belongs to the class; a class that nobody belongs to keeps its θ. */
function maximisation(before: Model, patterns: Patterns, posterior: Float64Array): Model {
  const { times, cells, items, length } = patterns;
  const clusters = before.shares.length;
  const members = new Float64Array(clusters);
  const theta = new Float64Array(length * clusters);
  for (let pattern = 0; pattern < times.length; pattern++) {
    for (let c = 0; c < clusters; c++) {
      const belonging = posterior[pattern * clusters + c]! * times[pattern]!;
      members[c]! += belonging;
      for (let item = 0; item < items; item++) theta[cells[pattern * items + item]! * clusters + c]! += belonging;
    }
  }
  const total = members.reduce((sum, count) => sum + count, 0);
  theta.forEach((_, at) => {
    if (members[at % clusters] === 0) theta[at] = before.theta[at]!;
  });
  toProbabilities(theta, patterns, clusters);
  return { shares: members.map((count) => count / total), theta };
}

/** Rescales θ so that the answers of an item sum to 1 in every class. */
function toProbabilities(theta: Float64Array, { first, length }: Patterns, clusters: number): void {
  first.forEach((from, item) => {
    const next = first[item + 1] ?? length;
    for (let c = 0; c < clusters; c++) {
      let total = 0;
      for (let cell = from; cell < next; cell++) total += theta[cell * clusters + c]!;
      for (let cell = from; cell < next; cell++) theta[cell * clusters + c]! /= total;
    }
  });
}

function largestFirst({ shares, theta }: Model, { first }: Patterns, answers: readonly number[][]) {
  const order = [...shares.keys()].sort((left, right) => shares[right]! - shares[left]! || left - right);
  return {
    shares: order.map((c) => shares[c]!),
    probabilities: order.map((c) =>
      answers.map((own, item) => own.map((_, place) => theta[(first[item]! + place) * shares.length + c]!)),
    ),
  };
}
