import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { At, type Cell, Statistic } from "../../../data/contracts/cell.ts";
import { byVariableOrder } from "../../../data/contracts/cell-key.ts";
import { Code } from "../../../data/contracts/names.ts";
import { wasShown } from "../../store/published/read-pointer.ts";
import { type KeyedCell, type LoadedRelease, readRelease } from "../../store/published/read-release.ts";
import { procedure } from "../trpc.ts";

/** As many variables may cut; a release has far fewer. */
const MOST_CUTS = 20;

export const AroundAsked = z.strictObject({
  release: z.string(),
  measure: z.string().min(1).max(80),
  statistic: Statistic,
  wave: Code,
  /** Which codes cut beside the wave. */
  at: At.refine((at) => Object.keys(at).length <= MOST_CUTS),
});
export type AroundAsked = z.infer<typeof AroundAsked>;

/** What linked charts are drawn from. Nothing is computed. */
export const around = procedure.input(AroundAsked).query(async ({ ctx, input }) => {
  const loaded = (await wasShown(ctx.published, input.release))
    ? await readRelease(ctx.published, input.release)
    : null;
  if (!loaded) throw new TRPCError({ code: "NOT_FOUND", message: "no-such-release" });
  return { release: loaded.release.id, cells: cellsAround(loaded, input) };
});

/**
 * The stored cells around what is asked: those of the measure that differ from it in one variable at most, and of every dimension
 * those that differ in none; a variable differs when it cuts a cell by another code than the one asked. Of comparisons the one with
 * everyone alone. In the order of the release.
 */
export function cellsAround(
  { release, find }: Pick<LoadedRelease, "release" | "find">,
  asked: Omit<AroundAsked, "release">,
): KeyedCell[] {
  const isAround = (cell: Cell) => {
    const differing = differences(cell, asked);
    return cell.measure === asked.measure && cell.statistic === asked.statistic
      ? differing <= 1
      : differing === 0 && cell.measure.startsWith("dimension.") && cell.statistic === "mean";
  };
  return release.cells.filter(isAround).flatMap((cell) => {
    const found = find(cell.measure, cell.statistic, cell.at);
    return found ? againstEveryone(found) : [];
  });
}

function differences({ at }: Cell, asked: Pick<AroundAsked, "wave" | "at">): number {
  return Object.keys(at).filter((name) => at[name] !== (name === "wave" ? asked.wave : asked.at[name])).length;
}

function againstEveryone(cell: KeyedCell): KeyedCell {
  const { figure } = cell;
  if (figure.kind !== "value") return cell;
  return { ...cell, figure: { ...figure, versus: figure.versus.filter(({ against }) => against === "everyone") } };
}

const grids = new WeakMap<LoadedRelease, Map<string, string[][]>>();

/** Which variables the cells of a measure name together, the wave among them: of every measure of a release, worked out once. */
export function gridsByMeasure(loaded: LoadedRelease): Map<string, string[][]> {
  const known = grids.get(loaded);
  if (known) return known;
  const found = new Map<string, Set<string>>();
  for (const { measure, statistic, at } of loaded.release.cells) {
    const name = `${measure}/${statistic}`;
    const kept = found.get(name) ?? new Set();
    found.set(name, kept.add(Object.keys(at).sort(byVariableOrder).join(" ")));
  }
  const made = new Map([...found].map(([name, cuts]) => [name, [...cuts].sort().map((cut) => cut.split(" "))]));
  grids.set(loaded, made);
  return made;
}
