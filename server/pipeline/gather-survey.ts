import type { ItemColumn, MissingReason, Scale } from "../../data/contracts/codebook.ts";
import type { DimensionId, Names } from "../../data/contracts/names.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import type { Design } from "../statistics/design.ts";
import { canonicalJson, sha256 } from "../store/canonical.ts";
import type { StoredColumn, StoredRows } from "../store/microdata/read-rows.ts";
import { type ChosenExtract, pairOf } from "./choose-extracts.ts";
import { columnOf, gatherDesign, numbering, type Row, replicatesDiffer, replicatesMissing } from "./gather-design.ts";

/** Answers to one question, a place per person: NaN where there is none, and then why. */
export type Answers = { values: Float64Array; reasons: (MissingReason | null)[] };
export type Item = { id: string; column: ItemColumn; scale: Scale; proxy: boolean };

/** The persons of one wave, in the order of the hash of their answers; rows without a weight above 0 are left out. */
export type SurveyWave = {
  wave: string;
  persons: number;
  design: Design;
  weighted: boolean;
  items: Map<string, Answers>;
  /** Code of each person by background id; null where not answered. */
  backgrounds: Map<string, (string | null)[]>;
  /** By `service.question`. */
  services: Map<string, Answers>;
  /** By skill: 1 for who can do it well enough for work. */
  skills: Map<string, Answers>;
  /** A number per person that is the same in every wave; −1 without one. Null where no codebook has person ids. */
  panel: Int32Array | null;
  /** SHA-256 of the hashes of its rows in their order: the same wherever and from whatever file it was read. */
  content: string;
  /** Hash of each person's answers: the same person in another reading of the same answers. */
  hashes: string[];
  /** The like of each row's answers alone, without backgrounds and weights. */
  answers: string[];
  /** Who handed over each person's row. */
  contributors: string[];
  /** Where each person's row lies, for the steward's inspection alone. */
  source: { extract: string; line: number }[];
};
export type Survey = {
  items: Item[];
  /** Dimensions that some codebook declares formative (METHOD §1.5). */
  formative: Set<DimensionId>;
  services: { service: string; question: string; scale: Scale | null }[];
  skills: { id: string; name: Names }[];
  waves: SurveyWave[];
};

/**
 * Puts the chosen survey extracts together, wave by wave. Items pool over waves and contributors only when wording,
 * scale, dimension and direction are equal; an id that means two things is a problem. Rows of a contributor who handed over fewer
 * than `fewest` of a wave are nowhere: whoever holds all others could subtract them from any number.
 */
export function gatherSurvey(
  parts: readonly ChosenExtract[],
  rows: ReadonlyMap<string, StoredRows>,
  fewest: number,
): Survey | Problem[] {
  const items = poolItems(parts);
  if (items.some((item) => "code" in item)) return items.filter((item): item is Problem => "code" in item);
  const services = new Map<string, Survey["services"][number]>();
  const skills = new Map<string, Survey["skills"][number]>();
  for (const { codebook } of parts)
    for (const column of codebook.columns) {
      if (column.use === "skill" && !skills.has(column.id)) skills.set(column.id, { id: column.id, name: column.name });
      if (column.use === "service")
        services.set(`${column.service}.${column.question}`, {
          service: column.service,
          question: column.question,
          scale: column.scale ? (codebook.scales?.[column.scale] ?? null) : null,
        });
    }
  const rowsByWave = new Map<string, Row[]>();
  for (const [index, part] of parts.entries())
    spreadRows(part, index, rows.get(part.extract.id) as StoredRows, rowsByWave);
  for (const [wave, list] of rowsByWave) rowsByWave.set(wave, withoutSmallContributors(list, fewest));
  const waves = [...rowsByWave.keys()].sort();
  const differing = waves.flatMap((wave) => replicatesDiffer(wave, rowsByWave.get(wave) as Row[], parts));
  differing.push(...parts.flatMap((part) => replicatesMissing(part, rows.get(part.extract.id) as StoredRows)));
  if (differing.length > 0) return differing;
  const personNumber = numbering();
  return {
    items: items as Item[],
    formative: new Set(parts.flatMap(({ codebook }) => codebook.formative ?? [])),
    services: [...services.values()],
    skills: [...skills.values()],
    waves: waves.map((wave) => gatherWave(wave, rowsByWave.get(wave) as Row[], parts, { rows, personNumber })),
  };
}

function poolItems(parts: readonly ChosenExtract[]): (Item | Problem)[] {
  const pooled = new Map<string, { item: Item; meaning: string }>();
  const problems: Problem[] = [];
  for (const { codebook } of parts)
    for (const [index, column] of codebook.columns.entries()) {
      if (column.use !== "item") continue;
      const scale = codebook.scales?.[column.scale] as Scale;
      const meaning = canonicalJson([
        column.wording,
        column.scale,
        measured(scale),
        column.dimension,
        column.direction,
      ]);
      const known = pooled.get(column.id);
      if (!known)
        pooled.set(column.id, {
          item: { id: column.id, column, scale, proxy: column.proxy ?? codebook.proxy ?? false },
          meaning,
        });
      else if (known.meaning !== meaning)
        problems.push({
          code: "item-differs",
          where: { path: `columns[${index}]`, column: column.column },
          fields: { id: column.id, codebook: codebook.id, version: codebook.version },
        });
    }
  return problems.length > 0 ? problems : [...pooled.values()].map(({ item }) => item);
}

/** What of a scale its scores depend on: not how a file writes its answers. */
function measured({ type, min, max, cap }: Scale) {
  return { type, min, max, cap };
}

/** Sorts an extract's rows into waves: those it speaks for, with a weight above 0 where weights are declared. */
function spreadRows(
  { extract, codebook, speaksFor }: ChosenExtract,
  part: number,
  rows: StoredRows,
  byWave: Map<string, Row[]>,
): void {
  const at = (use: string) => rows.columns.get(columnOf(codebook, use));
  const [wave, contributor, weight] = [at("wave"), at("contributor"), at("weight")];
  for (let index = 0; index < rows.hashes.length; index++) {
    const waveCode = wave?.codes[index] ?? codebook.wave ?? extract.waves[0] ?? "";
    const contributorCode = contributor?.codes[index] ?? codebook.contributor ?? extract.contributors[0] ?? "";
    if (!speaksFor.has(pairOf(contributorCode, waveCode))) continue;
    if (weight && !((weight.numbers[index] as number) > 0)) continue;
    const list = byWave.get(waveCode) ?? [];
    list.push({ hash: rows.hashes[index] as string, part, index, contributor: contributorCode });
    byWave.set(waveCode, list);
  }
}

function withoutSmallContributors(list: Row[], fewest: number): Row[] {
  const handedOver = new Map<string, number>();
  for (const { contributor } of list) handedOver.set(contributor, (handedOver.get(contributor) ?? 0) + 1);
  return handedOver.size < 2 ? list : list.filter(({ contributor }) => (handedOver.get(contributor) ?? 0) >= fewest);
}

function gatherWave(
  wave: string,
  list: Row[],
  parts: readonly ChosenExtract[],
  { rows, personNumber }: { rows: ReadonlyMap<string, StoredRows>; personNumber: (text: string) => number },
): SurveyWave {
  const ordered = [...list].sort((left, right) =>
    left.hash < right.hash ? -1 : left.hash > right.hash ? 1 : left.part - right.part || left.index - right.index,
  );
  const storedAt = (part: number, column: number) =>
    column < 0 ? undefined : rows.get((parts[part] as ChosenExtract).extract.id)?.columns.get(column);
  const gathered: SurveyWave = {
    wave,
    persons: ordered.length,
    design: gatherDesign(ordered, parts, storedAt),
    weighted: [...new Set(ordered.map(({ part }) => part))].every(
      (part) => columnOf((parts[part] as ChosenExtract).codebook, "weight") >= 0,
    ),
    items: new Map(),
    backgrounds: new Map(),
    services: new Map(),
    skills: new Map(),
    panel: parts.some(({ codebook }) => columnOf(codebook, "person") >= 0)
      ? Int32Array.from(ordered, ({ part, index, contributor }) => {
          const id = storedAt(part, columnOf((parts[part] as ChosenExtract).codebook, "person"))?.codes[index];
          // Each contributor numbers its own people: the same number elsewhere is somebody else.
          return id === undefined || id === null ? -1 : personNumber(`${contributor}\u0000${id}`);
        })
      : null,
    hashes: ordered.map(({ hash }) => hash),
    answers: [],
    contributors: ordered.map(({ contributor }) => contributor),
    content: sha256(ordered.map(({ hash }) => hash).join("\n")),
    source: ordered.map(({ part, index }) => {
      const { id } = (parts[part] as ChosenExtract).extract;
      return { extract: id, line: rows.get(id)?.lines[index] as number };
    }),
  };
  const used = new Set(ordered.map(({ part }) => part));
  parts.forEach((part, partIndex) => {
    if (!used.has(partIndex)) return;
    part.codebook.columns.forEach((column, columnIndex) => {
      const stored = storedAt(partIndex, columnIndex);
      if (!stored) return;
      if (column.use === "background") fillCodes(gathered.backgrounds, column.id, ordered, partIndex, stored);
      else if (column.use === "item") fillAnswers(gathered.items, column.id, ordered, partIndex, stored);
      else if (column.use === "service")
        fillAnswers(gathered.services, `${column.service}.${column.question}`, ordered, partIndex, stored);
      else if (column.use === "skill") fillAnswers(gathered.skills, column.id, ordered, partIndex, stored);
    });
  });
  return { ...gathered, answers: hashesOfAnswers(gathered) };
}

/** Of items, services and skills alone, by which a person is known again where backgrounds are banded or classed anew. */
function hashesOfAnswers({ persons, items, services, skills }: SurveyWave): string[] {
  const held = [...skills].map(([id, own]): [string, Answers] => [`skill.${id}`, own]);
  const answers = [...items, ...services, ...held]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, own]) => own);
  return Array.from({ length: persons }, (_, person) =>
    sha256(answers.map(({ values, reasons }) => reasons[person] ?? values[person]).join()).slice(0, 32),
  );
}

function fillCodes(
  into: Map<string, (string | null)[]>,
  id: string,
  rows: readonly Row[],
  part: number,
  stored: StoredColumn,
): void {
  const codes = into.get(id) ?? new Array<string | null>(rows.length).fill(null);
  rows.forEach((row, place) => {
    if (row.part === part) codes[place] = stored.codes[row.index] ?? null;
  });
  into.set(id, codes);
}

/** A question that one contributor did not ask is `not_asked` for its persons. */
function fillAnswers(
  into: Map<string, Answers>,
  id: string,
  rows: readonly Row[],
  part: number,
  stored: StoredColumn,
): void {
  const answers = into.get(id) ?? {
    values: new Float64Array(rows.length).fill(Number.NaN),
    reasons: new Array<MissingReason | null>(rows.length).fill("not_asked"),
  };
  rows.forEach((row, place) => {
    if (row.part !== part) return;
    answers.values[place] = stored.numbers[row.index] as number;
    answers.reasons[place] = (stored.reasons[row.index] ?? null) as MissingReason | null;
  });
  into.set(id, answers);
}
