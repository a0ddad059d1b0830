import type { Design } from "../../server/statistics/design.ts";
import { completeCases } from "../../server/statistics/drivers.ts";
import { column, designOf, reference, rowsWhere } from "./reference.ts";

type Told = Record<"b" | "se" | "df", number[]> & Partial<Record<"low" | "high" | "p", number[]>>;
type Made = {
  data: Record<string, (number | null)[]>;
  population?: number[];
  replicates?: { factors: number[][]; scale: [number]; rscales: number[]; mse: boolean };
  model: Told;
  interactions: { n: [number]; own: Told; difference: Told };
  contrasts: Told;
  fine_contrasts: Told;
  shares?: Record<"share" | "se" | "df", number[]>;
} & Record<"n" | "r2" | "vcov" | "lmg" | "johnson" | "vif", number[]>;

/** The designs of tests/reference/drivers-more.R, each with its complete cases and what R says of it. */
export const made = Object.entries<Made>(reference("drivers_more").cases).map(([name, expected]) => {
  const { data } = expected;
  const outcome = column(data.y!);
  const drivers = ["x1", "x2", "x3", "x4"].map((driver) => column(data[driver]!));
  const members = rowsWhere(outcome.length, () => true);
  const design = designOfCase(expected);
  const { rows } = completeCases({ design, outcome, drivers }, members);
  return { name, design, outcome, drivers, members, rows, segments: Int32Array.from(data.seg as number[]), expected };
});

/** The sample of the shared oracle: eight scores and life satisfaction, weighted, in strata. */
export function sharedSample(weights?: Float64Array) {
  const { input, expected } = reference("drivers_importance");
  const { synth } = input;
  const drivers: Float64Array[] = input.order.slice(1).map((name: string) => column(synth[name]));
  const outcome = column(synth.ls);
  const design = weights ? designOf([...weights]) : designOf(synth.w, synth.stratum);
  return { design, outcome, drivers, members: rowsWhere(outcome.length, () => true), input, expected };
}

function designOfCase({ data, population, replicates }: Made): Design {
  const plain = designOf(data.w as number[], data.stratum, data.unit);
  return {
    ...plain,
    ...(population && { populationOfStratum: Float64Array.from(population) }),
    ...(replicates && {
      replicates: {
        weights: replicates.factors.map((factor) => plain.weights.map((w, row) => w * factor[data.unit![row]!]!)),
        scale: replicates.scale[0],
        rscales: Float64Array.from(replicates.rscales),
        mse: replicates.mse,
      },
    }),
  };
}

/** The worst relative error of what is found. */
export function worst(found: readonly number[], expected: readonly number[]): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  return Math.max(...found.map((value, at) => Math.abs(value - expected[at]!) / Math.abs(expected[at]!)));
}

/** The worst absolute error of what is found. */
export function farthest(found: Iterable<number>, expected: readonly number[]): number {
  const values = [...found];
  if (values.length !== expected.length) return Number.POSITIVE_INFINITY;
  return Math.max(...values.map((value, at) => Math.abs(value - expected[at]!)));
}
