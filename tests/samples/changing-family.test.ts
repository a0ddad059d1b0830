import { describe, expect, it } from "vitest";
import type { Codebook } from "../../data/contracts/codebook.ts";
import { DIMENSIONS } from "../../data/contracts/names.ts";
import { type Handed, handOver, sum } from "./hand-over.ts";
import { codesOf, columnOf, headerOf, itemsOf, meaningsOf, missingOf, weightsOf } from "./read-extract.ts";

const { finnish, swedish, register } = handOver();
const surveys = [finnish, swedish];
const count = <T>(list: readonly T[], wanted: T) => list.filter((entry) => entry === wanted).length;

describe("two contributors hand over, each in its own way", () => {
  it("Finnish in UTF-8 with semicolons and decimal commas, Swedish in windows-1252 with commas and points", () => {
    expect(new TextDecoder("utf-8", { fatal: true }).decode(finnish.bytes)).toContain("jokseenkin samaa mieltä;");
    expect(() => new TextDecoder("utf-8", { fatal: true }).decode(swedish.bytes)).toThrow();
    expect(swedish.extract.text).toContain(",varken av samma eller annan åsikt,");
    expect(columnOf(finnish.extract, "paino").every((text) => /^\d+,\d{4}$/.test(text))).toBe(true);
    expect(columnOf(swedish.extract, "vikt").every((text) => /^\d+\.\d{4}$/.test(text))).toBe(true);
    expect(finnish.extract.text).not.toContain("\r");
    expect(swedish.extract.text.split("\r\n").length).toBe(swedish.extract.rows.length + 2);
  });
  it("about 1 500 answers of one autumn, three in five of them in Finnish", () => {
    const [inFinnish, inSwedish] = surveys.map(({ extract }) => extract.rows.length) as [number, number];
    expect(inFinnish + inSwedish).toBeGreaterThan(1400);
    expect(inFinnish + inSwedish).toBeLessThan(1650);
    expect(inFinnish / (inFinnish + inSwedish)).toBeGreaterThan(0.55);
    expect(inFinnish / (inFinnish + inSwedish)).toBeLessThan(0.65);
    for (const { book } of surveys) expect([book.wave, book.id === register.book.id]).toEqual(["2025-autumn", false]);
    expect(finnish.book.contributor).not.toBe(swedish.book.contributor);
  });
  it("nobody whose first language is the other's stands in a file, and both have parents of other languages", () => {
    for (const [{ extract, book }, own, foreign] of [
      [finnish, "fi", "sv"],
      [swedish, "sv", "fi"],
    ] as const) {
      const languages = codesOf(extract, book, "language");
      expect(count(languages, own)).toBeGreaterThan(0.8 * languages.length);
      expect(count(languages, foreign)).toBe(0);
      expect(count(languages, "other")).toBeGreaterThan(0);
    }
  });
  it("in each of the six municipalities, and of every family form at least a hundred", () => {
    const areas = surveys.flatMap(({ extract, book }) => codesOf(extract, book, "area"));
    expect([...new Set(areas)].sort()).toEqual(["280", "399", "475", "499", "905", "946"]);
    const forms = surveys.flatMap(({ extract, book }) => codesOf(extract, book, "family-form"));
    for (const form of ["nuclear", "blended", "shared", "single"]) expect(count(forms, form)).toBeGreaterThan(100);
  });
});

describe("the designs differ", () => {
  it("weights are on two scales; over the declared population both mean the same", () => {
    const mean = ({ extract, book }: Handed) => sum(weightsOf(extract, book)) / extract.rows.length;
    expect(mean(finnish)).toBeCloseTo(1, 3);
    expect(sum(weightsOf(swedish.extract, swedish.book)) / swedish.book.population!.size!).toBeCloseTo(1, 4);
    expect(mean(swedish)).toBeGreaterThan(10);
    const people = ({ book, extract }: Handed) => book.population!.size! / extract.rows.length;
    expect(people(finnish) / people(swedish)).toBeGreaterThan(0.7);
    expect(people(finnish) / people(swedish)).toBeLessThan(1.3);
  });
  it("weights vary, with a design effect of 1.1–1.4", () => {
    for (const { extract, book } of surveys) {
      const weights = weightsOf(extract, book);
      const effect = (weights.length * sum(weights.map((weight) => weight ** 2))) / sum(weights) ** 2;
      expect(effect).toBeGreaterThan(1.1);
      expect(effect).toBeLessThan(1.4);
    }
  });
  it("the Finnish file names units, at least two in each stratum and each in one; the Swedish one has strata alone", () => {
    const strata = columnOf(finnish.extract, headerOf(finnish.book, "stratum"));
    const unitsIn = new Map<string, Set<string>>();
    columnOf(finnish.extract, headerOf(finnish.book, "psu")).forEach((unit, row) => {
      expect(unit).not.toBe("");
      unitsIn.set(strata[row]!, (unitsIn.get(strata[row]!) ?? new Set()).add(unit));
    });
    const units = [...unitsIn.values()];
    expect(units.every(({ size }) => size >= 2)).toBe(true);
    expect(new Set(units.flatMap((set) => [...set])).size).toBe(sum(units.map(({ size }) => size)));
    expect(swedish.book.columns.some(({ use }) => use === "psu")).toBe(false);
    const swedishStrata = columnOf(swedish.extract, headerOf(swedish.book, "stratum"));
    for (const stratum of new Set(swedishStrata)) expect(count(swedishStrata, stratum)).toBeGreaterThan(30);
  });
});

describe("the same questions in two languages", () => {
  const pairs = itemsOf(finnish.book).map(
    (item) => [item, itemsOf(swedish.book).find(({ id }) => id === item.id)!] as const,
  );
  it("pool: equal wording, scale, dimension and direction, on equally measured scales", () => {
    expect(pairs.length).toBe(itemsOf(swedish.book).length);
    for (const [ours, theirs] of pairs) {
      const { column: _, missing: __, ...meaning } = ours;
      expect(theirs).toMatchObject(meaning);
      const measured = ({ scales }: Codebook) => {
        const { values, missing, ...rest } = scales![ours.scale]!;
        return { ...rest, values: Object.values(values ?? {}), reasons: missing!.map(({ reason }) => reason) };
      };
      expect(measured(swedish.book)).toEqual(measured(finnish.book));
    }
  });
  it("in words that no answer of the other file has", () => {
    const wordsOf = ({ book, extract }: Handed) =>
      new Set(
        itemsOf(book)
          .filter(({ scale }) => book.scales![scale]!.values)
          .flatMap(({ column }) => columnOf(extract, column))
          .filter((text) => text !== ""),
      );
    expect(wordsOf(finnish).size).toBe(wordsOf(swedish).size);
    expect([...wordsOf(finnish)].filter((word) => wordsOf(swedish).has(word))).toEqual([]);
  });
  it("three or more to each dimension, one of them a count and one of them money", () => {
    const items = itemsOf(finnish.book);
    for (const dimension of DIMENSIONS)
      expect(items.filter((item) => item.dimension === dimension).length).toBeGreaterThanOrEqual(3);
    const types = items.map(({ scale }) => finnish.book.scales![scale]!.type);
    expect([count(types, "count"), count(types, "money"), count(types, "binary")]).toEqual([1, 1, 1]);
    expect(new Set(types)).toEqual(new Set(["count", "money", "binary", "likert", "scale"]));
  });
  it("with every reason for a missing answer, and a question left out only for those whom it does not concern", () => {
    for (const { book, extract } of surveys) {
      const forms = codesOf(extract, book, "family-form");
      const reasons = new Set<string>();
      for (const item of itemsOf(book)) {
        const declared = missingOf(book, item);
        for (const text of columnOf(extract, item.column)) if (declared.has(text)) reasons.add(declared.get(text)!);
      }
      expect([...reasons].sort()).toEqual(["dont_know", "no_answer", "not_applicable", "refused"]);
      const notAsked = (id: string, form: string) => {
        const item = itemsOf(book).find((candidate) => candidate.id === id)!;
        const told = meaningsOf(extract, book, item).filter((_, row) => forms[row] === form);
        return count(told, "not_applicable") / told.length;
      };
      expect(notAsked("co-parenting", "nuclear")).toBe(0);
      expect(notAsked("co-parenting", "single")).toBeGreaterThan(0.2);
      expect(notAsked("arrangements-hold", "nuclear")).toBeGreaterThan(0.9);
      expect(notAsked("arrangements-hold", "shared")).toBe(0);
      expect(notAsked("life-satisfaction", "single")).toBe(0);
    }
  });
  it("are answered alike: no item differs by more than 0.4 SD between the languages", () => {
    for (const [ours, theirs] of pairs) {
      const valid = ({ extract, book }: Handed, item: typeof ours) =>
        meaningsOf(extract, book, item).filter((value) => typeof value === "number");
      const [left, right] = [valid(finnish, ours), valid(swedish, theirs)];
      const mean = (values: readonly number[]) => sum(values) / values.length;
      const sd = Math.sqrt(mean(left.map((value) => (value - mean(left)) ** 2)));
      expect(Math.abs(mean(left) - mean(right)) / sd, ours.id).toBeLessThan(0.4);
    }
  });
});

describe("the register", () => {
  it("has the survey's codes of municipality, family form and language, each combination once", () => {
    const keys = ["area", "family-form", "language"].map((id) => codesOf(register.extract, register.book, id));
    expect(new Set(keys[0]!.map((_, row) => keys.map((codes) => codes[row]).join(" "))).size).toBe(6 * 4 * 3);
    const codesIn = ({ book }: Handed, id: string) =>
      book.columns.flatMap((column) =>
        column.use === "background" && column.id === id ? (column.categories ?? []).map(({ code }) => code) : [],
      );
    for (const survey of surveys)
      for (const id of ["family-form", "language"]) expect(codesIn(register, id)).toEqual(codesIn(survey, id));
  });
  it("counts the parents whom the contributors speak for, but for cells that it hides", () => {
    const texts = columnOf(register.extract, headerOf(register.book, "count"));
    const hidden = count(texts, "..");
    expect(hidden).toBeGreaterThan(0);
    expect(hidden).toBeLessThan(texts.length / 4);
    const shown = sum(texts.filter((text) => text !== "..").map(Number));
    const declared = sum(surveys.map(({ book }) => book.population!.size!));
    expect(shown).toBeLessThanOrEqual(declared - hidden);
    expect(shown).toBeGreaterThanOrEqual(declared - 4 * hidden);
  });
});
