/**
 * Social Diagnosis 2011 read once more, from the raw texts by METHOD §1.2–1.4, 3.9 and 3.10 alone: nothing of the house
 * is called, so that a test can hold the house's figures against it. NaN = missing.
 */
export type Row = Record<string, string>;

/** Answers in words, from worst to best. */
export const WORDS: Record<string, string[]> = {
  sport: ["NO", "YES"],
  smoke: ["YES", "NO"],
  trustfam: ["NO", "NO OPINION", "YES"],
  trustneigh: ["NO", "NO OPINION", "YES"],
  trust: ["ONE CAN`T BE TOO CAREFUL", "IT`S DIFFICULT TO TELL", "MOST PEOPLE CAN BE TRUSTED"],
  edu: ["PRIMARY/NO EDUCATION", "VOCATIONAL/GRAMMAR", "SECONDARY", "POST-SECONDARY OR HIGHER"],
  englang: ["NONE", "PASSIVE", "ACTIVE"],
  ls: ["TERRIBLE", "UNHAPPY", "MOSTLY DISSATISFIED", "MIXED", "MOSTLY SATISFIED", "PLEASED", "DELIGHTED"],
};
export const ITEMS: Record<string, string[]> = {
  material: ["income"],
  health: ["depress", "sport", "smoke"],
  education: ["edu", "englang"],
  activities: ["socprof"],
  voice: ["trust"],
  social: ["nofriend", "trustfam", "trustneigh"],
  insecurity: ["unempdur"],
  subjective: ["ls"],
};
/** What METHOD §3.10 leaves of the seven dimensions when the coarse ones are out. */
export const USABLE = ["material", "health", "education", "social"];
const PLACES = ["URBAN 500", "URBAN 200", "URBAN 100", "URBAN 20", "URBAN BELOW", "RURAL"];
const AGES: [string, number][] = [
  ["65-over", 65],
  ["60-64", 60],
  ["45-59", 45],
  ["35-44", 35],
  ["25-34", 25],
  ["16-24", 16],
];

function scoreOf(column: string, text = "", [low, high]: [number, number]): number {
  if (text === "" || text === "-8") return Number.NaN;
  const words = WORDS[column];
  if (words) return (100 * words.indexOf(text)) / (words.length - 1);
  if (column === "socprof") return /EMPLOYED IN|SELF|FARMER|PUPIL/.test(text) ? 100 : text === "RETIRED" ? 50 : 0;
  if (column === "depress") return 100 - (100 * Number(text)) / 21;
  if (column === "nofriend") return 5 * Math.min(20, Number(text));
  if (column === "unempdur") return 100 - (100 * Math.min(24, Number(text))) / 24;
  return 100 * Math.min(1, Math.max(0, Math.log(Number(text) / low) / Math.log(high / low)));
}

export const mean = (values: number[]) => values.reduce((total, value) => total + value, 0) / values.length;
export const given = (values: (number | undefined)[]) =>
  values.filter((value): value is number => value !== undefined && !Number.isNaN(value));
/** The smallest value that at least this share of the values do not exceed. */
const quantile = (values: number[], share: number) =>
  [...values].sort((left, right) => left - right)[Math.ceil(share * values.length - 1e-9) - 1] as number;

/** A person of the raw file: item and dimension scores by name, codes of the groups he or she belongs to. */
export type Person = { scores: Record<string, number>; codes: Record<string, string> };

/** Every person with scores 0–100, high = better, and the frozen groups: troubles and bands over the usable dimensions. */
export function readPersons(rows: Row[]): Person[] {
  const incomes = given(rows.map(({ income }) => (income === "" || income === "-8" ? Number.NaN : Number(income))));
  const posts: [number, number] = [quantile(incomes, 0.05), quantile(incomes, 0.95)];
  const persons = rows.map((row): Person => {
    const scores: Person["scores"] = {};
    for (const [dimension, items] of Object.entries(ITEMS)) {
      for (const item of items) scores[item] = scoreOf(item, row[item], posts);
      const answered = given(items.map((item) => scores[item]));
      scores[dimension] = answered.length >= Math.min(2, items.length) ? mean(answered) : Number.NaN;
    }
    const codes = {
      area: `${row.region}`.toLowerCase(),
      gender: row.sex === "FEMALE" ? "f" : "m",
      age: AGES.find(([, from]) => Number(row.age) >= from)?.[0] ?? "",
      "place-size": ["town-1", "town-2", "town-3", "town-4", "town-5", "village"][
        PLACES.findIndex((place) => `${row.placesize}`.startsWith(place))
      ] as string,
    };
    return { scores, codes };
  });
  const moments = USABLE.map((dimension) => {
    const scores = given(persons.map((person) => person.scores[dimension]));
    const at = mean(scores);
    return { at, spread: Math.sqrt(mean(scores.map((score) => (score - at) ** 2))) };
  });
  const levels = persons.map(({ scores }) =>
    mean(given(USABLE.map((dimension, d) => ((scores[dimension] as number) - moments[d]!.at) / moments[d]!.spread))),
  );
  const valid = persons.map(({ scores }) => given(USABLE.map((dimension) => scores[dimension])));
  const placed = levels.filter((_, person) => valid[person]!.length >= 3);
  const cuts = [0.2, 0.4, 0.6, 0.8].map((share) => quantile(placed, share));
  persons.forEach(({ codes }, person) => {
    const own = valid[person]!;
    if (own.length < 3) return;
    const troubles = Math.round((4 * own.filter((score) => score < 40).length) / own.length);
    codes.troubles = troubles >= 3 ? "3+" : String(troubles);
    codes.band = String(1 + cuts.filter((cut) => levels[person]! > cut + 1e-9).length);
  });
  return persons;
}
