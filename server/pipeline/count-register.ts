import type { Cell } from "../../data/contracts/cell.ts";
import { cellKey } from "../../data/contracts/cell-key.ts";
import type { BackgroundColumn } from "../../data/contracts/codebook.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import type { Published } from "../../data/contracts/published.ts";
import type { CoverageRow } from "../../data/contracts/release.ts";
import { type Facts, publishCell } from "../disclosure/gate.ts";
import { type Pattern, protect } from "../disclosure/protect.ts";
import { type FilterDimension, prepareUniverse, type Universe } from "../disclosure/universe.ts";
import { coverageReading } from "../statistics/coverage.ts";
import { sha256 } from "../store/canonical.ts";
import type { StoredRows } from "../store/microdata/read-rows.ts";
import { type ChosenExtract, pairOf } from "./choose-extracts.ts";
import { type Lattice, personsOf } from "./cut-waves.ts";
import { type ClosedSets, keyOf } from "./protect-cells.ts";

type Margin = { people: number; incomplete: boolean };

/** Counts of a population register by wave, and by wave, variable and code. */
export type Register = {
  codebook: string;
  variables: string[];
  /** Whether its codebooks declare this code: one that the register does not know is not zero people. */
  knows: (variable: string, code: string) => boolean;
  totals: Map<string, Margin>;
  margins: Map<string, Margin>;
  /** By wave: rows whose count was suppressed at source. */
  suppressed: Map<string, number>;
  /** Each wave's rows with a count: the code of each variable, and people. */
  rows: Map<string, { codes: (string | null)[]; people: number }[]>;
};

const marginKey = (wave: string, variable: string, code: string) => `${wave}\u0000${variable}\u0000${code}`;

/** Adds up the rows of the population extracts. Null when the life event has none. */
export function countRegister(
  parts: readonly ChosenExtract[],
  rows: ReadonlyMap<string, StoredRows>,
  variables: readonly string[],
): Register | null {
  const first = parts[0];
  if (!first) return null;
  const shared = variables.filter((variable) =>
    parts.every(({ codebook }) =>
      codebook.columns.some((column) => column.use === "background" && column.id === variable),
    ),
  );
  const columnsOf = (variable: string) =>
    parts.flatMap(({ codebook }) =>
      codebook.columns.filter(
        (column): column is BackgroundColumn => column.use === "background" && column.id === variable,
      ),
    );
  const register: Register = {
    codebook: first.codebook.id,
    variables: shared,
    knows: (variable, code) =>
      columnsOf(variable).some(
        ({ classification, categories, bands }) =>
          classification !== undefined || (categories ?? bands ?? []).some((entry) => entry.code === code),
      ),
    totals: new Map(),
    margins: new Map(),
    suppressed: new Map(),
    rows: new Map(),
  };
  for (const part of parts) addRows(register, part, rows.get(part.extract.id) as StoredRows);
  return register;
}

function addRows(register: Register, { extract, codebook, speaksFor }: ChosenExtract, rows: StoredRows): void {
  const at = (use: string) => rows.columns.get(codebook.columns.findIndex((column) => column.use === use));
  const [count, wave, contributor] = [at("count"), at("wave"), at("contributor")];
  const backgrounds = register.variables.map((variable) => ({
    variable,
    codes:
      rows.columns.get(codebook.columns.findIndex((column) => column.use === "background" && column.id === variable))
        ?.codes ?? [],
  }));
  for (let row = 0; row < rows.hashes.length; row++) {
    const waveCode = wave?.codes[row] ?? codebook.wave ?? extract.waves[0] ?? "";
    const contributorCode = contributor?.codes[row] ?? codebook.contributor ?? extract.contributors[0] ?? "";
    if (!speaksFor.has(pairOf(contributorCode, waveCode))) continue;
    const people = count?.numbers[row] ?? Number.NaN;
    add(register.totals, waveCode, people);
    if (Number.isNaN(people)) register.suppressed.set(waveCode, (register.suppressed.get(waveCode) ?? 0) + 1);
    else {
      const list = register.rows.get(waveCode) ?? [];
      list.push({ codes: backgrounds.map(({ codes }) => codes[row] ?? null), people });
      register.rows.set(waveCode, list);
    }
    for (const { variable, codes } of backgrounds) {
      const code = codes[row];
      if (code) add(register.margins, marginKey(waveCode, variable, code), people);
    }
  }
}

/** A count suppressed at source adds nothing and is remembered: the margin is then at least this large. */
function add(margins: Map<string, Margin>, key: string, people: number): void {
  const margin = margins.get(key) ?? { people: 0, incomplete: false };
  margins.set(
    key,
    Number.isNaN(people) ? { ...margin, incomplete: true } : { ...margin, people: margin.people + people },
  );
}

/** The people of each code of a variable in a wave, by code; null where the register has none of it. */
export function registerMargin(
  { margins, totals }: Register,
  wave: string,
  variable: string,
): ({ code: string } & Margin)[] | null {
  if (!totals.has(wave)) return null;
  const start = marginKey(wave, variable, "");
  const found = [...margins]
    .filter(([key]) => key.startsWith(start))
    .map(([key, margin]) => ({ code: key.slice(start.length), ...margin }));
  return found.length === 0 ? null : found.sort((left, right) => (left.code < right.code ? -1 : 1));
}

/** A wave of the register as a universe: everyone, and each variable by itself. */
function universeOfRegister(register: Register, wave: string, lattice: Lattice): Universe {
  const rows = register.rows.get(wave) ?? [];
  const dimensions = register.variables.map((id, variable): FilterDimension => {
    const codes = lattice.codes.get(id) ?? [];
    const places = Uint16Array.from(rows, (row) => {
      const place = codes.indexOf(row.codes[variable] ?? "");
      return place < 0 ? codes.length : place;
    });
    return { id, codes, shown: codes.length, sensitive: false, places };
  });
  return {
    persons: rows.length,
    people: Int32Array.from(rows, ({ people }) => people),
    dimensions,
    tables: [[], ...register.variables.map((id) => [id])],
    keyTables: [],
    apart: [],
    views: [],
  };
}

/**
 * The register's people as cells, and the respondents beside it, margin by margin (METHOD §2.6): share in the sample,
 * share in the register, and how far apart they are. Every figure passes the gate, of respondents only where the cell is of
 * the closed set, of people only where no small margin can be computed from the others.
 */
export function coverCells(
  register: Register,
  { waves, lattice, limits, seed, base }: ClosedSets,
  policy: DisclosurePolicy,
): { cells: Published<Cell>[]; rows: CoverageRow[] } {
  const cells: Published<Cell>[] = [];
  const rows: CoverageRow[] = [];
  const keep = (measure: string, statistic: "people" | "percent", at: Record<string, string>, facts: Facts) => {
    const cell = publishCell({ measure, statistic, at }, facts, policy);
    cells.push(cell);
    return cell;
  };
  for (const [place, { wave, codes, present }] of waves.entries()) {
    const total = register.totals.get(wave);
    if (!total) continue;
    const counted = protect(prepareUniverse(universeOfRegister(register, wave, lattice)), limits, {
      valid: null,
      within: () => true,
      seed: sha256(`${seed} register ${wave}`),
    }) as Pattern;
    const isOpen = (people: number, key: string) => people === 0 || counted.published.has(key);
    keep("persons", "people", { wave }, isOpen(total.people, "") ? { kind: "people", ...total } : { kind: "closed" });
    const everyone = personsOf(present);
    for (const variable of register.variables) {
      const list = lattice.codes.get(variable) ?? [];
      const margins = list.map(
        (code) => register.margins.get(marginKey(wave, variable, code)) ?? { people: 0, incomplete: false },
      );
      const of = margins.reduce((sum, { people }) => sum + people, 0);
      const incomplete = margins.some((margin) => margin.incomplete);
      const given = Array.from(everyone, (person) => codes.get(variable)?.[person] ?? null);
      const known = given.filter((code) => code !== null).length;
      // Shares of those whose code is known would count out a few whose is not.
      const answered = given.length - known < limits.persons ? given.length : known;
      list.forEach((code, index) => {
        const at = { wave, [variable]: code };
        const key = keyOf(at);
        const { people, incomplete: here } = margins[index] as Margin;
        const isKnown = register.knows(variable, code);
        const shown = (facts: Facts): Facts =>
          isKnown ? (isOpen(people, key) ? facts : { kind: "closed" }) : { kind: "not-asked" };
        keep("persons", "people", at, shown({ kind: "people", people, incomplete: here }));
        const registerCell = keep(
          "coverage.register",
          "percent",
          at,
          shown({ kind: "register-share", people, of, incomplete }),
        );
        const sample = given.filter((entry) => entry === code).length;
        const estimate = { value: answered > 0 ? sample / answered : 0, low: null, high: null };
        const sampleCell = keep(
          "coverage.sample",
          "percent",
          at,
          base[place]?.published.has(key)
            ? { kind: "category", n: answered, events: sample, estimate, hidden: false, flags: [], versus: [] }
            : { kind: "closed" },
        );
        const both = registerCell.figure.kind === "value" && sampleCell.figure.kind === "value";
        rows.push({
          wave,
          variable,
          code,
          cells: {
            respondents: cellKey("persons", "count", at),
            sample: cellKey("coverage.sample", "percent", at),
            weighted: cellKey("persons", "percent", at),
            register: cellKey("coverage.register", "percent", at),
            people: cellKey("persons", "people", at),
          },
          reading: both ? coverageReading(sample / answered, people / of) : null,
        });
      });
    }
  }
  return { cells, rows };
}
