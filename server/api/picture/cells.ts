import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { Code, Id } from "../../../data/contracts/names.ts";
import type { Release } from "../../../data/contracts/release.ts";
import { wasShown } from "../../store/published/read-pointer.ts";
import { type KeyedCell, type LoadedRelease, readRelease } from "../../store/published/read-release.ts";
import { procedure } from "../trpc.ts";

export const CellsAsked = z.strictObject({
  release: z.string(),
  /** Ids of measures, or the beginning of ids up to a point: `dimension.` */
  measures: z.array(z.string().min(1).max(80)).min(1).max(40),
  wave: Code,
  /** Which variables cut beside the wave, and nothing else does. */
  variables: z.array(Id).max(3),
});
export type CellsAsked = z.infer<typeof CellsAsked>;

/** Stored cells of a release, by measure and by what cuts them, in the order of the release. Nothing is computed. */
export const cells = procedure.input(CellsAsked).query(async ({ ctx, input }) => {
  const loaded = (await wasShown(ctx.published, input.release))
    ? await readRelease(ctx.published, input.release)
    : null;
  if (!loaded) throw new TRPCError({ code: "NOT_FOUND", message: "no-such-release" });
  return { release: loaded.release.id, cells: cellsAsked(loaded, input) };
});

/** The same selection for a page, which has its release in hand. */
export function cellsAsked(
  loaded: Pick<LoadedRelease, "release" | "find">,
  asked: Omit<CellsAsked, "release">,
): KeyedCell[] {
  const cut = new Set(["wave", ...asked.variables]);
  return loaded.release.cells
    .filter((cell) => cell.at.wave === asked.wave && isAsked(cell.measure, asked.measures) && cutBy(cell, cut))
    .flatMap((cell) => loaded.find(cell.measure, cell.statistic, cell.at) ?? []);
}

function isAsked(measure: string, asked: string[]): boolean {
  return asked.some((one) => measure === one || (one.endsWith(".") && measure.startsWith(one)));
}

function cutBy({ at }: Release["cells"][number], variables: Set<string>): boolean {
  const names = Object.keys(at);
  return names.length === variables.size && names.every((name) => variables.has(name));
}
