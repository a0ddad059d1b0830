import { describe, expect, it } from "vitest";
import { LANGUAGES, SEGMENTING_DIMENSIONS } from "../../data/contracts/names.ts";
import { itemDistribution } from "../../data/samples/item-answers.ts";
import { distributionOfLevels, sharesOfTypes } from "../../data/samples/latent-types.ts";
import { solvedItemsOf } from "../../data/samples/questionnaire.ts";
import { Random } from "../../data/samples/random.ts";
import { peopleOf } from "../../data/samples/respondents.ts";
import { roundedMoments } from "../../data/samples/rounded-mixture.ts";
import { generateWorkingLife, INTENDED } from "../../data/samples/working-life.ts";
import { AREA_IDS, AREAS } from "../../data/samples/working-life-areas.ts";
import { ITEMS, NOISE } from "../../data/samples/working-life-model.ts";
import { WORKING_AGE, workingPopulation } from "../../data/samples/working-life-population.ts";
import { SKILLS } from "../../data/samples/working-life-services.ts";
import { sum } from "./hand-over.ts";
import {
  answersOf,
  CODEBOOKS,
  codesOf,
  columnOf,
  headerOf,
  itemsOf,
  meaningsOf,
  missingOf,
  readExtract,
  scoreOf,
  weightedMoments,
  weightsOf,
} from "./read-extract.ts";

const { extracts, truth } = generateWorkingLife();
const [survey, register, advertisements] = extracts.map(({ bytes, codebook }) => {
  const book = CODEBOOKS[codebook]!;
  return { bytes, book, extract: readExtract(bytes, book) };
}) as [Read, Read, Read];
type Read = { bytes: Uint8Array; book: (typeof CODEBOOKS)[string]; extract: ReturnType<typeof readExtract> };
const SKILL_IDS = Object.keys(SKILLS);
const population = workingPopulation(new Random("working-life 1 register"));

const weights = weightsOf(survey.extract, survey.book);
const areas = codesOf(survey.extract, survey.book, "area");
const contributors = columnOf(survey.extract, headerOf(survey.book, "contributor"));
const count = <T>(list: readonly T[], wanted: T) => list.filter((entry) => entry === wanted).length;
const isUtf8 = (bytes: Uint8Array) => {
  try {
    return Boolean(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
};

describe("the files are as stewards send them", () => {
  it("the survey as a form program writes it: windows-1252, semicolons, decimal commas, questions as headers", () => {
    expect(isUtf8(survey.bytes)).toBe(false);
    expect(survey.extract.text.split("\r\n").length).toBe(survey.extract.rows.length + 2);
    expect(columnOf(survey.extract, headerOf(survey.book, "weight")).every((text) => /^\d+,\d{4}$/.test(text))).toBe(
      true,
    );
    for (const { column, text } of itemsOf(survey.book)) expect(column.replace(/^\d+\. /, "")).toBe(text.fi);
    expect(survey.extract.header).toContain("34b. Suomen kielen koulutus: sain, mitä tarvitsin");
  });
  it("the register in UTF-8 with a mark, the advertisements with commas", () => {
    expect([...register.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(advertisements.extract.text.split("\n")[0]).toBe('"month","area","skill","advertisements"');
  });
  it("about three thousand answers, at least 60 of each county but Åland, and 100 of each contributor where there are colleges", () => {
    expect(areas.length).toBeGreaterThan(2850);
    expect(areas.length).toBeLessThan(3200);
    expect([...new Set(contributors)].sort()).toEqual(["employment-area", "vocational-college"]);
    expect([...new Set(areas)].sort()).toEqual([...AREA_IDS].sort());
    for (const area of AREA_IDS) {
      const asked = areas.flatMap((code, row) => (code === area ? [contributors[row]] : []));
      if (area === "91") expect([asked.length >= 20, asked.length < 30]).toEqual([true, true]);
      else expect([area, asked.length >= 60]).toEqual([area, true]);
      const fromColleges = count(asked, "vocational-college");
      if (!AREAS[area].colleges) expect(fromColleges).toBe(0);
      else expect(Math.min(fromColleges, asked.length - fromColleges)).toBeGreaterThan(100);
    }
  });
  it("no county is twice or half as large a part of the answers as of the people: its figures may be carried over to them", () => {
    const people = peopleOf(population);
    for (const area of AREA_IDS) {
      const ofAnswers = count(areas, area) / areas.length;
      const ofPeople = peopleOf(population.filter((cell) => cell.area === area)) / people;
      expect([area, ofAnswers / ofPeople > 0.6, ofAnswers / ofPeople < 1.95]).toEqual([area, true, true]);
    }
  });
  it("with every reason for a missing answer", () => {
    const reasons = new Set(
      itemsOf(survey.book).flatMap((item) => {
        const declared = missingOf(survey.book, item);
        return columnOf(survey.extract, item.column).map((text) => declared.get(text));
      }),
    );
    expect([...reasons].filter((reason) => reason !== undefined).sort()).toEqual(["dont_know", "no_answer", "refused"]);
    expect(survey.extract.text).toContain(";Ei kysytty;");
  });
  it("and each of them says that it is invented, in three languages, in its terms and of its owner", () => {
    const invented = { fi: /keksit/i, sv: /påhitta/i, en: /invented/i };
    for (const { book } of [survey, register, advertisements]) {
      expect(book.synthetic).toBe(true);
      for (const language of LANGUAGES)
        for (const text of [book.terms![language], book.owner![language]]) expect(text).toMatch(invented[language]);
    }
  });
});

describe("the instrument", () => {
  it("asks three questions of each of the eight dimensions and two of satisfaction, 3X10D in its very words", () => {
    const items = itemsOf(survey.book);
    for (const dimension of SEGMENTING_DIMENSIONS)
      expect([dimension, items.filter((item) => item.dimension === dimension).length]).toEqual([dimension, 3]);
    expect(items.filter(({ dimension }) => dimension === "subjective").length).toBe(2);
    const students = new Map(itemsOf(CODEBOOKS["student-survey-2.json"]!).map((item) => [item.id, item]));
    const shared = items.filter(({ id }) => id.startsWith("3x10d-"));
    expect(shared.length).toBe(8);
    for (const { column: _, ...item } of shared) expect(students.get(item.id)).toMatchObject(item);
  });
  it("has in the model's population the moments that it was given", () => {
    const levelsOf = (d: number) => distributionOfLevels(WORKING_AGE, d, population);
    for (const { column, line, steps, d, noise } of solvedItemsOf(survey.book, {
      models: ITEMS,
      noise: NOISE,
      levelsOf,
    }).values()) {
      const { mean, sd } = roundedMoments(itemDistribution(levelsOf(d), noise), steps, line);
      expect(mean).toBeCloseTo(ITEMS[column.id]!.mean, 7);
      expect(sd).toBeCloseTo(ITEMS[column.id]!.sd, 7);
    }
  });
  it("and answers near them, though those without work answer less and no weight makes up for it", () => {
    for (const item of itemsOf(survey.book)) {
      const { mean } = weightedMoments(answersOf(survey.extract, survey.book, item));
      const { mean: given, sd } = ITEMS[item.id]!;
      expect([item.id, Math.abs(mean - given) / sd < 0.1]).toEqual([item.id, true]);
    }
    const activities = codesOf(survey.extract, survey.book, "activity");
    const unemployed = sum(weights.filter((_, row) => activities[row] === "unemployed")) / sum(weights);
    const inRegister = peopleOf(population.filter(({ activity }) => activity === "unemployed")) / peopleOf(population);
    expect(unemployed / inRegister).toBeGreaterThan(0.65);
    expect(unemployed / inRegister).toBeLessThan(0.95);
  });
});

describe("those who answered are drawn from the register", () => {
  const texts = columnOf(register.extract, headerOf(register.book, "count"));
  it("with weights that add up to its people, county by county, and a design effect of 1.1–1.4", () => {
    const size = survey.book.population!.size!;
    expect(sum(weights) / size).toBeCloseTo(1, 4);
    const squares = sum(weights.map((weight) => weight ** 2));
    expect((weights.length * squares) / sum(weights) ** 2).toBeGreaterThan(1.1);
    expect((weights.length * squares) / sum(weights) ** 2).toBeLessThan(1.4);
    for (const area of AREA_IDS) {
      const weighted = sum(weights.filter((_, row) => areas[row] === area));
      expect(weighted / peopleOf(population.filter((cell) => cell.area === area))).toBeCloseTo(1, 3);
    }
  });
  it("in proportion to both contributors' people, so that neither counts for more than it speaks for", () => {
    const answered = count(contributors, "vocational-college") / contributors.length;
    const people = peopleOf(population.filter(({ contributor }) => contributor === "vocational-college"));
    expect(Math.abs(answered - people / peopleOf(population))).toBeLessThan(0.03);
  });
  it("which has each combination once, counts those people and has no cell so small that it would be hidden", () => {
    const keys = ["area", "gender", "age", "activity"].map((id) => codesOf(register.extract, register.book, id));
    expect(new Set(keys[0]!.map((_, row) => keys.map((codes) => codes[row]).join(" "))).size).toBe(23 * 2 * 5 * 4);
    expect(sum(texts.map(Number))).toBe(peopleOf(population));
    expect(survey.book.population!.size).toBe(peopleOf(population));
    expect(Math.min(...texts.map(Number))).toBeGreaterThan(4);
  });
});

describe("the latent types", () => {
  const [ofRows, ofAll] = truth.map(({ bytes }) => new TextDecoder().decode(bytes));
  const types = ofRows!
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(";")[1]!);
  const ids = Object.keys(WORKING_AGE.types);
  it("stand beside the extract, one a row, with what the sample is meant to show, and never in it", () => {
    expect(types.length).toBe(survey.extract.rows.length);
    expect([...new Set(types)].sort()).toEqual([...ids].sort());
    expect(JSON.parse(ofAll!)).toMatchObject({ verdict: "segments", types: ids });
    for (const { extract } of [survey, register, advertisements])
      for (const id of ids) expect(extract.rows.flat()).not.toContain(id);
  });
  it("are commoner where the sample was made so, settled among all counties and types, and nowhere else", () => {
    const rowsOf = (area: string) => types.filter((_, row) => areas[row] === area);
    const tests = AREA_IDS.flatMap((area) =>
      ids.map((type) => {
        const [own, others] = [rowsOf(area), types.filter((_, row) => areas[row] !== area)];
        const share = count(types, type) / types.length;
        const difference = count(own, type) / own.length - count(others, type) / others.length;
        const error = Math.sqrt(share * (1 - share) * (1 / own.length + 1 / others.length));
        return { area, type, z: difference / error };
      }),
    );
    // Holm's bound for the first of 92 tests at .05, two-sided: |z| ≥ 3.46.
    const commoner = tests.filter(({ z }) => z > 3.46).map(({ area, type }) => `${type} ${area}`);
    const planted = Object.entries(INTENDED.apart).flatMap(([type, where]) => where.map((area) => `${type} ${area}`));
    expect(commoner.sort()).toEqual(planted.sort());
  });
  it("are each a tenth of the people or more, and main activity moves them", () => {
    for (const id of ids) expect(count(types, id) / types.length).toBeGreaterThan(0.1);
    const activities = codesOf(survey.extract, survey.book, "activity");
    const between = (activity: string) => {
      const rows = types.filter((_, row) => activities[row] === activity);
      return count(rows, "between") / rows.length;
    };
    expect(between("unemployed")).toBeGreaterThan(3 * between("working"));
    for (const cell of population.slice(0, 50))
      expect(sum(Object.values(sharesOfTypes(WORKING_AGE, cell)))).toBeCloseTo(1, 12);
  });
  it("lie twelve points apart somewhere, each from each, and all but the anchored are uneven by twenty", () => {
    const means = ids.map((type) =>
      SEGMENTING_DIMENSIONS.map((dimension) => {
        const told = itemsOf(survey.book)
          .filter((item) => item.dimension === dimension)
          .flatMap((item) =>
            meaningsOf(survey.extract, survey.book, item).flatMap((value, row) =>
              typeof value === "number" && types[row] === type
                ? [scoreOf(value, survey.book.scales![item.scale]!, item.direction)]
                : [],
            ),
          );
        return sum(told) / told.length;
      }),
    );
    for (const [one, left] of means.entries())
      for (const right of means.slice(one + 1)) {
        const differences = left.map((mean, d) => mean - right[d]!);
        expect(Math.max(...differences.map(Math.abs))).toBeGreaterThan(12);
      }
    means.forEach((mean, type) => {
      if (ids[type] !== "anchored") expect(Math.max(...mean) - Math.min(...mean)).toBeGreaterThan(20);
    });
  });
});

describe("skills", () => {
  const rows = advertisements.extract.rows.map(([month, area, skill, mentions]) => ({ month, area, skill, mentions }));
  it("are the same twelve in the survey and in the advertisements, named alike in three languages", () => {
    const held = survey.book.columns.flatMap((column) => (column.use === "skill" ? [column] : []));
    const asked = advertisements.book.columns.find((column) => column.use === "background" && column.id === "skill");
    const categories = asked?.use === "background" ? asked.categories! : [];
    expect(held.map(({ id, name }) => ({ code: id, name }))).toEqual(categories);
    expect([...SKILL_IDS].sort()).toEqual(held.map(({ id }) => id).sort());
    expect(held.length).toBe(12);
  });
  it("are held as written: nearly all have Finnish, few weld, and men weld more than women", () => {
    const share = (id: string, among: (row: number) => boolean = () => true) => {
      const column = survey.book.columns.find((candidate) => candidate.use === "skill" && candidate.id === id)!;
      const told = columnOf(survey.extract, column.column).flatMap((text, row) =>
        among(row) && (text === "Kyllä" || text === "En") ? [{ yes: text === "Kyllä", weight: weights[row]! }] : [],
      );
      return sum(told.filter(({ yes }) => yes).map(({ weight }) => weight)) / sum(told.map(({ weight }) => weight));
    };
    expect(share("finnish-language")).toBeGreaterThan(0.84);
    expect(share("welding")).toBeLessThan(0.12);
    for (const id of SKILL_IDS) expect([id, Math.abs(share(id) - SKILLS[id]!.held) < 0.05]).toEqual([id, true]);
    const genders = codesOf(survey.extract, survey.book, "gender");
    const of = (gender: string) => share("welding", (row) => genders[row] === gender);
    expect(of("m")).toBeGreaterThan(5 * of("f"));
  });
  it("are counted each month of two years in each county, once, and small counts are hidden", () => {
    expect(new Set(rows.map(({ month, area, skill }) => `${month} ${area} ${skill}`)).size).toBe(24 * 23 * 12);
    expect(rows.length).toBe(24 * 23 * 12);
    expect([rows[0]!.month, rows.at(-1)!.month]).toEqual(["2024-01", "2025-12"]);
    const hidden = rows.filter(({ mentions }) => mentions === "..").length;
    expect(hidden).toBeGreaterThan(5);
    expect(hidden / rows.length).toBeLessThan(0.02);
    expect(rows.filter(({ mentions }) => ["1", "2", "3", "4"].includes(mentions!))).toEqual([]);
  });
  it("rest in July, and care work is asked for more in the second year", () => {
    const mentions = (wanted: (row: (typeof rows)[number]) => boolean) =>
      sum(rows.filter((row) => row.mentions !== ".." && wanted(row)).map((row) => Number(row.mentions)));
    const monthly = mentions(() => true) / 24;
    for (const july of ["2024-07", "2025-07"])
      expect(mentions(({ month }) => month === july)).toBeLessThan(0.75 * monthly);
    const care = (year: string) => mentions(({ month, skill }) => skill === "care-work" && month!.startsWith(year));
    expect(care("2025") / care("2024")).toBeGreaterThan(1.04);
    expect(care("2025") / care("2024")).toBeLessThan(1.12);
  });
});
