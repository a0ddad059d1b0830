import type { Versus } from "../../data/contracts/cell.ts";
import type { Measure } from "../../data/contracts/release.ts";
import { isValue, versus } from "./finding.ts";
import { GROUPINGS, type Group, type KeyedCell, shareOf, type View } from "./view.ts";

/** What is settled above, and what below; within a side in the declared order, for there is no ranking. */
export type Sides<Row> = { above: Row[]; below: Row[] };

/** A question as it was asked, the group's mean score beside everyone's; in euros too, where the release has a median. */
export type QuestionRow = Compared & { measure: Measure; median: KeyedCell | null; medianOfEveryone: KeyedCell | null };

/** A class of a background: the share of it that is in the group, beside the share of everyone. */
export type BackgroundRow = Compared & { variable: string; code: string };

type Compared = { cell: KeyedCell; everyone: KeyedCell | null; others: Versus };

/** How many questions, and how many classes, a page shows of each side. */
const QUESTIONS = 3;
const CLASSES = 4;

/**
 * The questions in which a group differs most surely from all others. Surely: the least difference that the interval
 * still holds,
 *
 *   s = max(low, −high) of the stored difference from all others
 *
 * is largest. Only settled differences count. Where one side has fewer than three, the other side fills its room.
 */
export function questionsOf(view: View, group: Group): Sides<QuestionRow> & { more: number } {
  const { cells, wave } = view;
  const at = { wave, [group.variable]: group.code };
  const rows = cells.release.measures.flatMap((measure): QuestionRow[] => {
    if (!measure.id.startsWith("item.")) return [];
    const compared = comparedWith(cells.find(measure.id, "mean", at), cells.find(measure.id, "mean", { wave }));
    if (!compared) return [];
    const median = cells.find(measure.id, "median", at);
    return [{ ...compared, measure, median, medianOfEveryone: cells.find(measure.id, "median", { wave }) }];
  });
  return surest(rows, QUESTIONS, "fill");
}

/** The classes of which a clearly larger, or smaller, share than of everyone is in the group. */
export function backgroundsOf(view: View, group: Group): Sides<BackgroundRow> & { more: number } {
  const { cells, wave } = view;
  const everyone = shareOf(view, group);
  const rows = cells.release.variables
    .filter(({ id }) => id !== "wave" && !(GROUPINGS as readonly string[]).includes(id))
    .flatMap(({ id: variable, codes }) =>
      codes.flatMap(({ code }): BackgroundRow[] => {
        const at = { wave, [group.variable]: group.code, [variable]: code };
        const compared = comparedWith(cells.find("persons", "percent", at), everyone);
        return compared ? [{ ...compared, variable, code }] : [];
      }),
    );
  return surest(rows, CLASSES, "keep");
}

/** Only where the difference from everyone is settled, which is what the test against all others says (METHOD §8.3). */
function comparedWith(cell: KeyedCell | null, everyone: KeyedCell | null): Compared | null {
  const others = versus(cell, "others");
  const shown = versus(cell, "everyone");
  if (!isValue(cell) || !others?.settled || !shown?.settled || shown.difference === 0) return null;
  return { cell, everyone, others };
}

function surest<Row extends Compared>(rows: Row[], room: number, rest: "fill" | "keep"): Sides<Row> & { more: number } {
  const [above, below] = [1, -1].map((sign) => rows.filter(({ others }) => Math.sign(others.difference) === sign));
  const free = (other: Row[] = []) => room + (rest === "fill" ? Math.max(0, room - other.length) : 0);
  const sides = { above: firstBySurety(above, free(below)), below: firstBySurety(below, free(above)) };
  return { ...sides, more: rows.length - sides.above.length - sides.below.length };
}

/** The surest of one side, put back into the declared order; of two as sure ones the earlier. */
function firstBySurety<Row extends Compared>(rows: Row[] = [], room: number): Row[] {
  const sure = ({ others }: Row) => Math.max(others.low, -others.high);
  const kept = new Set([...rows].sort((one, other) => sure(other) - sure(one)).slice(0, room));
  return rows.filter((row) => kept.has(row));
}
