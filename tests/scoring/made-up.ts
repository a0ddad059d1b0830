import { createRandom } from "../../server/segmentation/random.ts";

/** A stream of numbers between 0 and 1 for made-up answers; each number of `seed` is a stream of its own. */
export function stream(seed: number): () => number {
  const random = createRandom(`${seed.toString(16).padStart(8, "0")}9e3779b97f4a7c15f39cc060`);
  return () => random.next();
}

/** About normal: twelve numbers between 0 and 1, less 6. */
export function bell(next: () => number): number {
  let total = -6;
  for (let draw = 0; draw < 12; draw++) total += next();
  return total;
}

/** Items that share a feeling: 50 + 10·(feeling + something of their own), a place per person. */
export function sharing(items: number, persons: number, seed: number): Float64Array[] {
  const next = stream(seed);
  const feelings = Array.from({ length: persons }, () => bell(next));
  return Array.from({ length: items }, () =>
    Float64Array.from(feelings, (feeling) => 50 + 10 * (feeling + bell(next))),
  );
}
