/** One item's answers, a place per person. */
export type ScoredItem = {
  /** 0–100, high = better; NaN = missing. */
  scores: Float64Array;
  /** 1 = was asked: answered, or dont_know, refused, no_answer. 0 = not_applicable, not_asked. */
  administered: Uint8Array;
};

/**
 * Score of a dimension for each person: the mean of the answered items, if enough of them are answered.
 *
 *   S = Σ s / a  if  a ≥ max(2, ⌈J/2⌉) where J ≥ 3,  a = J where J ≤ 2;  else NaN
 *   J = items administered to the person, a = those answered   half rule: Ware, SF-36; SPSS MEAN.k(); METHOD §1.4
 *
 * J = 0 gives NaN. No items, columns of unequal length, a score outside 0–100 or to an item that was not administered
 * are a caller's mistake (RangeError).
 */
export function scoreDimension(items: readonly ScoredItem[]): Float64Array {
  const persons = requireItems(items);
  return Float64Array.from({ length: persons }, (_, person) => scorePerson(items, person));
}

function scorePerson(items: readonly ScoredItem[], person: number): number {
  let administered = 0;
  let answered = 0;
  let total = 0;
  for (const item of items) {
    administered += item.administered[person]!;
    const score = item.scores[person]!;
    if (Number.isNaN(score)) continue;
    answered++;
    total += score;
  }
  if (administered === 0) return Number.NaN;
  const needed = administered >= 3 ? Math.max(2, Math.ceil(administered / 2)) : administered;
  return answered >= needed ? total / answered : Number.NaN;
}

/** How many persons the items of a dimension have a place for; refuses what `scoreDimension` refuses. */
export function requireItems(items: readonly ScoredItem[]): number {
  const persons = items[0]?.scores.length;
  if (persons === undefined) throw new RangeError("a dimension has at least one item");
  for (const item of items) requireItem(item, persons);
  return persons;
}

function requireItem({ scores, administered }: ScoredItem, persons: number): void {
  if (scores.length !== persons || administered.length !== persons)
    throw new RangeError("items of a dimension have one place per person");
  for (let person = 0; person < persons; person++) {
    const score = scores[person]!;
    if (administered[person]! > 1) throw new RangeError(`place ${person}: administered is 0 or 1`);
    if (score < 0 || score > 100) throw new RangeError(`place ${person}: a score lies within 0–100, not at ${score}`);
    if (!Number.isNaN(score) && administered[person] === 0)
      throw new RangeError(`place ${person}: an item that was not administered has a score`);
  }
}
