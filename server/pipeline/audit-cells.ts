import type { Cell } from "../../data/contracts/cell.ts";
import { type AuditedUniverse, type AuditOfView, auditUniverse, isClean } from "../disclosure/audit/audit.ts";
import { keyWithin, type Universe } from "../disclosure/universe.ts";
import type { CutWave } from "./cut-waves.ts";
import type { ClosedSets } from "./protect-cells.ts";
import type { Question } from "./questions.ts";
import type { WorkerPool } from "./threads/worker-pool.ts";
import { usersOf, withVariablesAlone } from "./universe-of-wave.ts";

type At = Readonly<Record<string, string>>;
/** What one audit looks at: a wave's cells of all measures together, or of one measure among those who answered it. */
export type AuditTask = {
  place: number;
  /** Null for all measures together. */
  measure: string | null;
  valid: Uint8Array;
  published: readonly At[];
  wordsOnly: readonly At[];
  /** Null: every table. Else the measure stands in tables of so many variables. */
  variables: number | null;
};
export type Audited = { wave: string; measure: string | null; views: readonly AuditOfView[] };

/**
 * Audits what is about to be released, by other code than decided it: the cells of all measures together, old and new, and
 * those of every measure among the persons who answered it, for each view (METHOD §7.4).
 */
export async function auditCells(
  sets: Omit<ClosedSets, "base">,
  { questions, judged }: { questions: readonly Question[]; judged: readonly { cell: Cell }[] },
  pool: WorkerPool,
  far: (done: number, of: number) => void,
): Promise<Audited[]> {
  pool.share<"audit">("audited", sets);
  const tasks = sets.waves.flatMap((wave, place) => tasksOfWave(sets, place, { questions, judged, wave }));
  return pool.map("audit", "audited", tasks, far);
}

export const isReleasable = (audited: readonly Audited[]) => audited.every(({ views }) => isClean(views));

/** How much was looked at and what was found, over all audits. */
export function countsOf(audited: readonly Audited[]) {
  const views = audited.flatMap((one) => one.views);
  const sum = (counts: (view: AuditOfView) => Record<string, number>) =>
    views.reduce((total, view) => total + Object.values(counts(view)).reduce((a, b) => a + b, 0), 0);
  return {
    audits: audited.length,
    views: views.length,
    looked: sum(({ looked }) => looked),
    derivable: sum(({ derivable }) => derivable),
    below: sum(({ publishedBelow }) => ({ publishedBelow })),
  };
}

function tasksOfWave(
  { earlier, unsettled, universes }: Pick<ClosedSets, "earlier" | "unsettled" | "universes">,
  place: number,
  { questions, judged, wave }: { questions: readonly Question[]; judged: readonly { cell: Cell }[]; wave: CutWave },
): AuditTask[] {
  const shown = new Map<string, { cell: Cell }[]>();
  for (const one of judged) {
    const { at, figure, measure, statistic } = one.cell;
    if (at.wave !== wave.wave || !isTold(figure)) continue;
    // Shown as before: an earlier release's cell, and looked at as that.
    if (isAsBefore(one.cell, unsettled[place])) continue;
    const key = `${measure}/${statistic}`;
    shown.set(key, [...(shown.get(key) ?? []), one]);
  }
  const cellsOf = (question: Question) => shown.get(`${question.measure.id}/${question.statistic}`) ?? [];
  const together: AuditTask = {
    ...{ place, measure: null, variables: null, wordsOnly: [] },
    valid: wave.present,
    published: publishedTogether(
      judged.map(({ cell }) => cell),
      {
        wave: wave.wave,
        earlier: earlier[place] ?? [],
        unsettled: unsettled[place] ?? new Set(),
        universe: universes[place] as Universe,
      },
    ),
  };
  return [
    together,
    ...questions.flatMap((question): AuditTask[] => {
      const values = question.answers.get(wave.wave)?.values;
      const cells = cellsOf(question);
      if (!values || cells.length === 0 || question.ofAll) return [];
      return [
        {
          place,
          measure: `${question.measure.id}/${question.statistic}`,
          variables: Math.min(3, question.crossed.variables),
          valid: wave.present.map((held, person) => (held === 1 && !Number.isNaN(values[person] as number) ? 1 : 0)),
          published: cells.filter(({ cell }) => cell.figure.kind === "value").map(({ cell }) => withoutWave(cell)),
          wordsOnly: cells
            .filter(({ cell }) => cell.figure.kind === "few" || cell.figure.kind === "most")
            .map(({ cell }) => withoutWave(cell)),
        },
      ];
    }),
  ];
}

/** One audit: a task of a worker. */
export function audit(
  { waves, universes, limits }: Pick<ClosedSets, "waves" | "universes" | "limits">,
  task: AuditTask,
): Audited {
  const universe = universes[task.place] as Universe;
  const { wave } = waves[task.place] as CutWave;
  const cut = task.variables === null ? universe : withVariablesAlone(universe, task.variables);
  return {
    wave,
    measure: task.measure,
    views: auditUniverse({
      k: limits.persons,
      tables: cut.tables,
      apart: cut.apart,
      records: recordsOf(cut),
      views: cut.views,
      published: task.published,
      wordsOnly: task.wordsOnly,
      valid: Uint8Array.from({ length: cut.persons }, (_, person) => task.valid[person] ?? 1),
    }),
  };
}

/** Codes of each person by dimension; of who has gone, one of its own in what is cut by today. */
export function recordsOf({ dimensions, persons, gone = 0 }: Universe): AuditedUniverse["records"] {
  if (dimensions.length === 0) return { everyone: new Array<string>(persons).fill("all") };
  const here = Array.from({ length: persons }, (_, person) => (person < persons - gone ? "here" : null));
  const records = Object.fromEntries(
    dimensions.map(({ id, codes, places }) => [
      id,
      Array.from(places, (place) => (place > codes.length ? "gone" : (codes[place] ?? null))),
    ]),
  );
  return gone > 0 ? { ...records, [HERE]: here } : records;
}

/** Everyone of today, where the universe holds persons of earlier releases as well. */
function ofToday(at: At, { gone }: Universe): At {
  return gone && Object.keys(at).length === 0 ? { [HERE]: "here" } : at;
}

const HERE = "group.here";
const earlierOf = (cells: ClosedSets["earlier"][number] | undefined) => (cells ?? []).map(({ at }) => at);

function isAsBefore(cell: Cell, unsettled: ReadonlySet<string> | undefined): boolean {
  return groupsOf(withoutWave(cell), whoseGroup(cell.measure)).some((at) => unsettled?.has(keyWithin(at)));
}

/** Whose group a cell of a measure tells of: its own, and of a share of a group that group too. */
function groupsOf(at: At, { among, category }: Pick<Question, "among" | "category">): At[] {
  if (among) return [{ ...at, ...among }];
  return category ? [at, { ...at, ...category }] : [at];
}

function isTold({ kind }: Cell["figure"]): boolean {
  return kind === "value" || kind === "few" || kind === "most" || kind === "uncertain";
}

function withoutWave({ at: { wave: _, ...at } }: Cell): At {
  return at;
}

function distinct(cells: readonly At[]): At[] {
  return [...new Map(cells.map((at) => [JSON.stringify(Object.entries(at).sort()), at])).values()];
}

/** Every group that a release's cells of a wave tell of, old and new, each once: of shares of users the users too. */
export function publishedTogether(
  cells: readonly Cell[],
  known: {
    wave: string;
    earlier: ClosedSets["earlier"][number];
    unsettled: ClosedSets["unsettled"][number];
    universe: Universe;
  },
): At[] {
  const told = cells.filter(
    (cell) =>
      cell.at.wave === known.wave &&
      isTold(cell.figure) &&
      isOfPersons(cell.measure, cell.statistic) &&
      !isAsBefore(cell, known.unsettled),
  );
  const groups = told.flatMap((cell) => groupsOf(withoutWave(cell), whoseGroup(cell.measure)));
  return distinct([...groups.map((at) => ofToday(at, known.universe)), ...earlierOf(known.earlier)]);
}

function isOfPersons(measure: string, statistic: string): boolean {
  return statistic !== "people" && measure !== "coverage.register" && measure !== "unclassifiable";
}

/** Of a service's measures: among its users, or a share of whom is a group of its own. */
function whoseGroup(measure: string): Pick<Question, "among" | "category"> {
  const [kind, service, question] = measure.split(".");
  if (kind !== "service" || !service) return {};
  const users = { [usersOf(service)]: "used" };
  return question === "used" ? { category: users } : { among: users };
}
