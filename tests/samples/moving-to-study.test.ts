import { describe, expect, it } from "vitest";
import { DIMENSIONS } from "../../data/contracts/names.ts";
import { itemDistribution } from "../../data/samples/item-answers.ts";
import { generateMovingToStudy, solvedItems } from "../../data/samples/moving-to-study.ts";
import { levelDistribution, typeShares } from "../../data/samples/moving-to-study-levels.ts";
import { PUBLISHED_3X10D, TYPE_IDS } from "../../data/samples/moving-to-study-model.ts";
import { registerPopulation } from "../../data/samples/moving-to-study-population.ts";
import { Random } from "../../data/samples/random.ts";
import { roundedMoments } from "../../data/samples/rounded-mixture.ts";
import { answersOf, CODEBOOKS, columnOf, decimal, itemsOf, readExtract, weightedMoments } from "./read-extract.ts";

const { extracts: samples, truth } = generateMovingToStudy();
const [first, second, register] = samples.map(({ bytes, codebook }) => readExtract(bytes, CODEBOOKS[codebook]!));
const surveys = [first!, second!];
const books = ["student-survey-1.json", "student-survey-2.json"].map((name) => CODEBOOKS[name]!);

describe("the files are as stewards send them", () => {
  it("2024 in windows-1252 with CRLF, 2025 in UTF-8 with a BOM, both with decimal commas", () => {
    expect(first!.text).toContain("\r\n");
    expect(new TextDecoder("utf-8").decode(samples[0]!.bytes)).toContain("\uFFFD");
    expect(second!.text).not.toContain("\r");
    expect([...samples[1]!.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    for (const survey of surveys)
      expect(columnOf(survey, "paino").every((text) => /^\d+,\d{4}$/.test(text))).toBe(true);
  });
  it("with every reason for a missing answer", () => {
    for (const [index, survey] of surveys.entries()) {
      const texts = new Set(itemsOf(books[index]!).flatMap(({ column }) => columnOf(survey, column)));
      for (const code of ["", "8", "9", "98", "99"]) expect(texts).toContain(code);
      expect(columnOf(survey, "p_asumisneuvonta_apu")).toContain("ei koske");
    }
  });
  it("with texts in quotes where the delimiter stands in them", () => {
    expect(first!.text).toContain('"kasvatus ja humanistiset alat; taiteet"');
  });
});

describe("the instrument", () => {
  it("has at least three items in each of the nine dimensions in each wave", () => {
    for (const book of books)
      for (const dimension of DIMENSIONS)
        expect(itemsOf(book).filter((item) => item.dimension === dimension).length).toBeGreaterThanOrEqual(3);
  });
  it("asks in 2025 what it asked in 2024, in the same words, and two things more", () => {
    const [before, after] = books.map((book) => new Map(itemsOf(book).map((item) => [item.id, item])));
    for (const [id, item] of before!) expect(after!.get(id)).toEqual(item);
    expect([...after!.keys()].filter((id) => !before!.has(id))).toEqual(["housing-benefit", "tell-once"]);
  });
});

const population = registerPopulation("2024-autumn", new Random("moving-to-study 2 register 2024-autumn"));

describe("3X10D has the published moments", () => {
  it("exactly, in the model's population: nothing of the draw takes part", () => {
    const items = solvedItems(population);
    for (const [id, published] of Object.entries(PUBLISHED_3X10D)) {
      const { line, steps, d, noise } = items.get(id)!;
      const moments = roundedMoments(itemDistribution(levelDistribution(d, population), noise), steps, line);
      expect(moments.mean).toBeCloseTo(published.mean, 7);
      expect(moments.sd).toBeCloseTo(published.sd, 7);
    }
  });
  it("within two standard errors in the weighted answers of the reference wave", () => {
    for (const deviation of deviations(samples[0]!.bytes))
      expect(Math.abs(deviation.inErrors), deviation.of).toBeLessThan(2);
  });
  it("and other seeds miss them by what chance would: no draw is adjusted", () => {
    const all = [11, 12, 13, 14, 15, 16].flatMap((seed) =>
      deviations(generateMovingToStudy({ seed: `other ${seed}` }).extracts[0]!.bytes),
    );
    const square = all.reduce((sum, { inErrors }) => sum + inErrors ** 2, 0) / all.length;
    expect(Math.sqrt(square)).toBeGreaterThan(0.75);
    expect(Math.sqrt(square)).toBeLessThan(1.25);
    expect(Math.abs(all.reduce((sum, { inErrors }) => sum + inErrors, 0) / all.length)).toBeLessThan(0.35);
  });
});

function deviations(bytes: Uint8Array) {
  const extract = readExtract(bytes, books[0]!);
  return itemsOf(books[0]!)
    .filter(({ id }) => id in PUBLISHED_3X10D)
    .flatMap((item) => {
      const published = PUBLISHED_3X10D[item.id]!;
      const { mean, sd, meanError, sdError } = weightedMoments(answersOf(extract, books[0]!, item));
      return [
        { of: `${item.id} mean`, inErrors: (mean - published.mean) / meanError },
        { of: `${item.id} SD`, inErrors: (sd - published.sd) / sdError },
      ];
    });
}

describe("those who answered are drawn from the register", () => {
  const share = (texts: readonly string[], text: string, weights: readonly number[] = texts.map(() => 1)) =>
    weights.reduce((sum, weight, index) => sum + (texts[index] === text ? weight : 0), 0) /
    weights.reduce((sum, weight) => sum + weight, 0);
  const counts = columnOf(register!, "lkm").map((text) => (text === ".." ? 0 : Number(text)));
  const years = columnOf(register!, "lukuvuosi");
  const people = (year: string) => counts.map((count, index) => (years[index] === year ? count : 0));

  it("with weights of mean 1 and a design effect of 1.2–1.4", () => {
    for (const survey of surveys) {
      const weights = columnOf(survey, "paino").map(decimal);
      const sum = weights.reduce((total, weight) => total + weight, 0);
      const squares = weights.reduce((total, weight) => total + weight ** 2, 0);
      expect(sum / weights.length).toBeCloseTo(1, 3);
      expect((weights.length * squares) / sum ** 2).toBeGreaterThan(1.2);
      expect((weights.length * squares) / sum ** 2).toBeLessThan(1.4);
    }
  });
  it.each([
    ["Oulu", "kunta", "564", "564"],
    ["men", "sukupuoli", "mies", "miehet"],
    ["Swedish speakers", "äidinkieli", "ruotsi", "ruotsi"],
  ])("%s are too few among them", (_, column, text, inRegister) => {
    ["2024/2025", "2025/2026"].forEach((year, index) => {
      const answered = share(columnOf(surveys[index]!, column), text);
      expect(answered / share(columnOf(register!, column), inRegister, people(year))).toBeLessThan(0.8);
    });
  });
  it("and the weights put every town right", () => {
    ["2024/2025", "2025/2026"].forEach((year, index) => {
      const weights = columnOf(surveys[index]!, "paino").map(decimal);
      for (const town of ["167", "179", "564", "837", "853", "905"]) {
        const weighted = share(columnOf(surveys[index]!, "kunta"), town, weights);
        expect(Math.abs(weighted - share(columnOf(register!, "kunta"), town, people(year)))).toBeLessThan(0.005);
      }
    });
  });
  it("of whom the register hides small counts, under a hundredth of everyone", () => {
    expect(columnOf(register!, "lkm")).toContain("..");
    ["2024/2025", "2025/2026"].forEach((year, index) => {
      const shown = people(year).reduce((sum, count) => sum + count, 0);
      const size = books[index]!.population!.size!;
      expect(shown).toBeLessThanOrEqual(size);
      expect(shown).toBeGreaterThan(0.99 * size);
    });
  });
});

describe("the latent types", () => {
  const types = truth.map(({ bytes }) => new TextDecoder().decode(bytes).trim().split("\n").slice(1));
  it("stand beside the extract, a line for each row, and never in it", () => {
    surveys.forEach((survey, index) => {
      expect(types[index]!.length).toBe(survey.rows.length);
      for (const type of TYPE_IDS) expect(survey.rows.flat()).not.toContain(type);
    });
    expect(types[0]![0]).toMatch(/^1;(steady|tight|alone|stretched|uneasy)$/);
  });
  it("belong to the rows: those short of money are satisfied with it least", () => {
    surveys.forEach((survey, index) => {
      const money = columnOf(survey, "k07_talous").map(Number);
      const meanOf = (type: string) => {
        const values = money.filter((value, row) => value <= 10 && types[index]![row] === `${row + 1};${type}`);
        return values.reduce((sum, value) => sum + value, 0) / values.length;
      };
      for (const type of TYPE_IDS.filter((id) => id !== "tight"))
        expect(meanOf("tight")).toBeLessThan(meanOf(type) - 1);
    });
  });
  it("change as documented: people short of money grow by 4 to 7 points in the population", () => {
    const share = (wave: "2024-autumn" | "2025-autumn") => {
      const cells = registerPopulation(wave, new Random(`moving-to-study 2 register ${wave}`));
      const all = cells.reduce((sum, cell) => sum + cell.people, 0);
      return cells.reduce((sum, cell) => sum + cell.people * typeShares(cell).tight, 0) / all;
    };
    expect(share("2025-autumn") - share("2024-autumn")).toBeGreaterThan(0.04);
    expect(share("2025-autumn") - share("2024-autumn")).toBeLessThan(0.07);
  });
});
