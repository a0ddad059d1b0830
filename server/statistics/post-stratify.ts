import type { Margin } from "./collapse-classes.ts";
import { requireWeights } from "./design.ts";
import { sum } from "./sum.ts";

/** Weights that add up to the population, or why there are none and in which classes. */
export type PostStratification =
  | { kind: "weights"; weights: Float64Array }
  | { kind: "refused"; reason: "nobody-answered" | "nobody-lives-there"; classes: number[] };

/**
 * Post-stratification: weights that add up to each class's people.
 *
 *   w′ = w · N_g / Σ_g w                                       METHOD §2.6; R survey, postStratify
 *
 * Rows whose class is not known (−1) keep the share of the weight that they had, and the known classes share the rest
 * as N_g; METHOD leaves them open. Refused: a class with people and no respondents (collapse it first:
 * collapse-classes.ts), or with respondents and no people. Weights ≤ 0 and unfit columns are RangeErrors.
 */
export function postStratify(weights: Float64Array, margin: Margin): PostStratification {
  requireWeights(weights);
  const { classes, totals } = withUnknown(margin, weights);
  const sums = classSums(weights, classes, totals.length);
  const where = (holds: (own: number) => boolean) => [...totals.keys()].filter(holds);
  const empty = where((own) => totals[own]! > 0 && sums[own] === 0);
  if (empty.length > 0) return { kind: "refused", reason: "nobody-answered", classes: empty };
  const deserted = where((own) => totals[own] === 0 && sums[own]! > 0);
  if (deserted.length > 0) return { kind: "refused", reason: "nobody-lives-there", classes: deserted };
  return {
    kind: "weights",
    weights: weights.map((weight, row) => (weight * totals[classes[row]!]!) / sums[classes[row]!]!),
  };
}

/**
 * The same margin with those of unknown class as a class of its own, the last, where there are any.
 *
 *   N_unknown = N · Σ_unknown w / Σ w,  N′_g = N_g · (1 − Σ_unknown w / Σ w)
 */
export function withUnknown({ classes, totals, ordered }: Margin, weights: Float64Array): Margin {
  if (classes.length !== weights.length) throw new RangeError("a margin has one class per weight");
  for (const total of totals)
    if (!(total >= 0 && Number.isFinite(total))) throw new RangeError(`a class has 0 people or more, not ${total}`);
  for (const own of classes) if (own >= totals.length) throw new RangeError(`class ${own} of ${totals.length}`);
  if (!classes.some((own) => own < 0)) return { classes, totals };
  const unknown = sum(weights.filter((_, row) => classes[row]! < 0)) / sum(weights);
  const people = sum(totals);
  return {
    classes: classes.map((own) => (own < 0 ? totals.length : own)),
    totals: Float64Array.of(...totals.map((total) => total * (1 - unknown)), people * unknown),
    ...(ordered !== undefined && { ordered }),
  };
}

/** Σ w of each class, in the order of the rows. */
export function classSums(weights: Float64Array, classes: Int32Array, count: number): Float64Array {
  const totals = new Float64Array(count);
  const lost = new Float64Array(count);
  for (let row = 0; row < classes.length; row++) {
    const own = classes[row]!;
    const [total, weight] = [totals[own]!, weights[row]!];
    const next = total + weight;
    lost[own]! += Math.abs(total) >= weight ? total - next + weight : weight - next + total;
    totals[own] = next;
  }
  return totals.map((total, own) => total + lost[own]!);
}
