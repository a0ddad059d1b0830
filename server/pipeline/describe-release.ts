import type { Cell } from "../../data/contracts/cell.ts";
import { byVariableOrder } from "../../data/contracts/cell-key.ts";
import type { Classification } from "../../data/contracts/classification.ts";
import type { BackgroundColumn } from "../../data/contracts/codebook.ts";
import type { Names } from "../../data/contracts/names.ts";
import type { Measure, ReleaseInput, ReleaseVariable } from "../../data/contracts/release.ts";
import { roundCount } from "../statistics/rounding.ts";
import type { ChosenExtract } from "./choose-extracts.ts";
import type { Register } from "./count-register.ts";
import { type CutWave, isGrouping, type Lattice } from "./cut-waves.ts";
import type { Survey } from "./gather-survey.ts";
import { plainMeasure, type Question } from "./questions.ts";
import type { ReleaseWords } from "./release-words.ts";

export function describeInputs(
  chosen: readonly ChosenExtract[],
  { survey, cut }: { survey: Survey; cut: readonly CutWave[] },
  minimumPersons: number,
): ReleaseInput[] {
  return chosen.map(({ extract, codebook, role, speaksFor }) => {
    const waves = [...new Set([...speaksFor].map((pair) => pair.split(" ")[1] as string))].sort();
    // Of who counts alone: beside the figures, any other number would tell of those left out.
    const inWave = (wave: string) => {
      const present = cut.find((entry) => entry.wave === wave)?.present;
      const source = survey.waves.find((entry) => entry.wave === wave)?.source ?? [];
      return source.filter((row, person) => row.extract === extract.id && present?.[person] === 1).length;
    };
    const all = role === "survey" ? waves.map((wave) => ({ wave, respondents: inWave(wave) })) : [];
    // A contributor of a few persons is not counted out to others.
    const respondentsByWave = all.filter(({ respondents }) => respondents >= minimumPersons);
    const few = respondentsByWave.length < all.length;
    return {
      extract: extract.id,
      codebook: codebook.id,
      version: codebook.version,
      name: codebook.name,
      contributor: extract.contributors.join("+"),
      role,
      waves,
      respondents:
        role === "survey" && !few ? respondentsByWave.reduce((total, { respondents }) => total + respondents, 0) : null,
      respondentsByWave,
      withoutWeight:
        extract.withoutWeight > 0 && extract.withoutWeight < minimumPersons ? null : roundCount(extract.withoutWeight),
      weighted: codebook.columns.some(({ use }) => use === "weight"),
      owner: codebook.owner ?? null,
      terms: codebook.terms ?? null,
      fieldwork: codebook.fieldwork ?? null,
      responseRate: codebook.responseRate ?? null,
      population: codebook.population ?? null,
    };
  });
}

/** The variables of the cells with their codes and names: wave, the groupings, then the backgrounds. */
export function describeVariables({
  lattice,
  waves,
  segmentNames,
  chosen,
  classifications,
  words,
}: {
  lattice: Lattice;
  waves: readonly CutWave[];
  segmentNames: ReadonlyMap<string, Names>;
  chosen: readonly ChosenExtract[];
  classifications: ReadonlyMap<string, Classification>;
  words: ReleaseWords;
}): ReleaseVariable[] {
  const codebooks = chosen.filter(({ role }) => role === "survey").map(({ codebook }) => codebook);
  const waveName = (wave: string): Names => {
    for (const codebook of codebooks) {
      if (codebook.wave === wave && codebook.waveName) return codebook.waveName;
      for (const column of codebook.columns)
        if (column.use === "wave") {
          const category = column.categories?.find(({ code }) => code === wave);
          if (category) return category.name;
        }
    }
    return same(wave);
  };
  const described: ReleaseVariable[] = [
    { id: "wave", name: words.word("wave"), codes: waves.map(({ wave }) => ({ code: wave, name: waveName(wave) })) },
  ];
  for (const [id, codes] of lattice.codes) {
    if (isGrouping(id)) {
      const nameOf = (code: string) => (id === "segment" && segmentNames.get(code)) || words.word(`${id}.${code}`);
      described.push({ id, name: words.word(id), codes: codes.map((code) => ({ code, name: nameOf(code) })) });
      continue;
    }
    const columns = codebooks.flatMap(({ columns }) =>
      columns.filter((column): column is BackgroundColumn => column.use === "background" && column.id === id),
    );
    const named = new Map<string, Names>();
    for (const column of columns)
      for (const { code, name } of column.categories ??
        column.bands ??
        classifications.get(column.classification ?? "")?.codes ??
        [])
        named.set(code, name);
    const name =
      columns.find((column) => column.name)?.name ??
      classifications.get(columns[0]?.classification ?? "")?.name ??
      same(id);
    described.push({
      id,
      name,
      ...classifiedBy(columns),
      codes: codes.map((code) => ({ code, name: named.get(code) ?? same(code) })),
    });
  }
  return described.sort((left, right) => byVariableOrder(left.id, right.id));
}

/** The one code list that all columns of a background take their codes from; nothing is guessed where they differ or name none. */
function classifiedBy(columns: readonly BackgroundColumn[]): Pick<ReleaseVariable, "classification"> {
  const ids = new Set(columns.map(({ classification }) => classification));
  const [id] = ids;
  return ids.size === 1 && id !== undefined ? { classification: id } : {};
}

/** The months of series, and the quarters and years that some were merged into, as a variable of their cells. */
export function describeMonths(months: readonly string[], words: ReleaseWords): ReleaseVariable[] {
  if (months.length === 0) return [];
  return [{ id: "month", name: words.word("month"), codes: months.map((code) => ({ code, name: same(code) })) }];
}

export function describeMeasures(
  questions: readonly Question[],
  waves: readonly string[],
  register: Register | null,
  words: ReleaseWords,
): Measure[] {
  const counted = register ? waves.filter((wave) => register.totals.has(wave)) : [];
  const persons: Measure["statistics"] = counted.length > 0 ? ["count", "percent", "people"] : ["count", "percent"];
  const covered = ["coverage.sample", "coverage.register"].map((id) =>
    plainMeasure({ id, name: words.word(id), statistics: ["percent"], asked: counted }),
  );
  const asked = new Map(questions.map(({ measure }) => [measure.id, measure]));
  return [
    plainMeasure({ id: "persons", name: words.word("persons"), statistics: persons, asked: [...waves] }),
    ...(counted.length > 0 ? covered : []),
    ...asked.values(),
  ];
}

function same(text: string): Names {
  return { fi: text, sv: text, en: text };
}

/** The measures of what goes together: `driver.<dimension>` with satisfaction with life, `link.<a>.<b>` with each other. */
export function describeModels(cells: readonly Cell[], words: ReleaseWords): Measure[] {
  const found = new Map<string, { statistics: Set<Measure["statistics"][number]>; asked: Set<string> }>();
  for (const { measure, statistic, at } of cells) {
    const own = found.get(measure) ?? { statistics: new Set(), asked: new Set() };
    own.statistics.add(statistic);
    own.asked.add(at.wave as string);
    found.set(measure, own);
  }
  return [...found].map(([id, { statistics, asked }]) => {
    const [kind, ...dimensions] = id.split(".");
    return plainMeasure({
      id,
      name: words.together(kind as "driver" | "link", dimensions),
      statistics: [...statistics],
      asked: [...asked].sort(),
    });
  });
}
