import { expect, test } from "vitest";
import { fewestApart, leaveOutByLot } from "../../server/pipeline/model-population.ts";
import { createRandom } from "../../server/segmentation/random.ts";
import { draws } from "./made-up.ts";

const K = 10;
const seed = "0123456789abcdef0123456789abcdef";

/** People of some contributors and segments, of whom a few lack a score. */
function drawn(run: number) {
  const random = draws(run);
  const persons = 300 + random.below(300);
  const missing = random.next() * 0.06;
  const scores = Array.from({ length: 3 }, () =>
    Float64Array.from({ length: persons }, () => (random.next() < missing / 3 ? Number.NaN : random.below(101))),
  );
  const contributor = Array.from({ length: persons }, () => random.below(3));
  const segment = Array.from({ length: persons }, () => random.below(4));
  const views = [0, 1, 2].map((id) => ({
    id: String(id),
    holds: Uint8Array.from(contributor, (own) => Number(own === id)),
  }));
  const populations = [...[0, 1, 2, 3].map((own) => (person: number) => segment[person] === own), () => true];
  return { persons, scores, views, populations };
}

test("whoever subtracts a model's people from everyone, or from a segment, with own rows or without: nobody or at least ten are left", () => {
  let [touched, few] = [0, 0];
  for (let run = 1; run <= 60; run++) {
    const { persons, scores, views, populations } = drawn(run);
    const before = populations.some((isOf) => {
      const apart = fewestApart({ views }, { isOf, scores });
      return apart > 0 && apart < K;
    });
    if (before) few++;
    const kept = leaveOutByLot({ views }, { populations, scores }, { fewest: K, random: createRandom(seed) });
    // Recounted by hand: complete cases of the answer, population by population and view by view.
    for (const isOf of populations)
      for (const holds of [null, ...views.map((view) => view.holds)]) {
        const apart = Array.from({ length: persons }, (_, person) => person).filter(
          (person) => isOf(person) && holds?.[person] !== 1 && kept.some((own) => Number.isNaN(own[person]!)),
        ).length;
        expect([run, apart === 0 || apart >= K]).toEqual([run, true]);
      }
    const lost = (columns: readonly Float64Array[]) =>
      Array.from({ length: persons }, (_, person) => columns.some((own) => Number.isNaN(own[person]!))).filter(Boolean)
        .length;
    if (lost(kept) > lost(scores)) touched++;
    // Never more than it takes for every contributor's view of every segment.
    expect(lost(kept) - lost(scores)).toBeLessThanOrEqual(2 * K * populations.length);
    for (const [place, column] of kept.entries())
      for (let person = 0; person < persons; person++)
        if (!Number.isNaN(column[person]!)) expect(column[person]).toBe(scores[place]![person]);
  }
  expect([few > 30, touched === few]).toEqual([true, true]);
});

test("the same lot for the same seed, and nobody is left out where nobody lacks a score", () => {
  const { scores, views, populations } = drawn(7);
  const asked = () => leaveOutByLot({ views }, { populations, scores }, { fewest: K, random: createRandom(seed) });
  expect(asked()).toEqual(asked());
  const whole = scores.map((own) => own.map((score) => (Number.isNaN(score) ? 50 : score)));
  const kept = leaveOutByLot({ views }, { populations, scores: whole }, { fewest: K, random: createRandom(seed) });
  expect(kept).toEqual(whole);
});
