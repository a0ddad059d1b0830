import type { Universe } from "../disclosure/universe.ts";
import type { Random } from "../segmentation/random.ts";

/** Whom a model is of, person by person. */
export type Population = (person: number) => boolean;

/**
 * Persons of a population without every score: as the outsider counts them, or whoever subtracts own rows and is left with some, the
 * fewest. A model of complete cases tells of them, where they are few, beside the population itself.
 */
export function fewestApart(
  { views }: Pick<Universe, "views">,
  { isOf, scores }: { isOf: Population; scores: readonly Float64Array[] },
): number {
  const some = countsApart(views, isOf, apartOf(scores)).filter((count) => count > 0);
  return some.length > 0 ? Math.min(...some) : 0;
}

/**
 * The scores of a model of which nobody can tell who was left out: as many persons more, drawn by lot, lose theirs as it takes for
 * those apart to be none or at least `fewest` in every population, for the outsider and for each contributor (METHOD §4.8, §7.5).
 */
export function leaveOutByLot(
  { views }: Pick<Universe, "views">,
  { populations, scores }: { populations: readonly Population[]; scores: readonly Float64Array[] },
  { fewest, random }: { fewest: number; random: Random },
): Float64Array[] {
  const isApart = apartOf(scores);
  const lot = shuffled(isApart.length, random);
  for (;;) {
    const few = populations.flatMap((isOf) =>
      [null, ...views].flatMap((view) => {
        const counts = (person: number) => isOf(person) && view?.holds[person] !== 1;
        const apart = lot.filter((person) => isApart[person] === 1 && counts(person)).length;
        return apart > 0 && apart < fewest ? [counts] : [];
      }),
    );
    const [counts] = few;
    if (!counts) break;
    // Whoever is of most of the populations that lack some.
    const lacking = (person: number) => few.filter((isLacking) => isLacking(person)).length;
    const free = lot.filter((person) => isApart[person] === 0 && counts(person));
    if (free.length === 0) break;
    const next = free.reduce((best, person) => (lacking(person) > lacking(best) ? person : best));
    isApart[next] = 1;
  }
  return scores.map((own) => own.map((score, person) => (isApart[person] === 1 ? Number.NaN : score)));
}

function apartOf(scores: readonly Float64Array[]): Uint8Array {
  return Uint8Array.from((scores[0] as Float64Array).keys(), (person) =>
    scores.some((own) => Number.isNaN(own[person] as number)) ? 1 : 0,
  );
}

function countsApart(views: Universe["views"], isOf: Population, isApart: Uint8Array): number[] {
  const apart = Array.from(isApart.keys()).filter((person) => isApart[person] === 1 && isOf(person));
  return [apart.length, ...views.map(({ holds }) => apart.filter((person) => holds[person] !== 1).length)];
}

/** Fisher and Yates. */
function shuffled(count: number, random: Random): number[] {
  const places = Array.from({ length: count }, (_, place) => place);
  for (let last = count - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [places[last], places[other]] = [places[other] as number, places[last] as number];
  }
  return places;
}
