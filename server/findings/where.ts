import type { Code, Names } from "../../data/contracts/names.ts";
import { type Finding, versus } from "./finding.ts";
import { namesOf } from "./names-of.ts";
import type { DimensionView, KeyedCell, View } from "./view.ts";

export type Place = { code: Code; name: Names | null; cell: KeyedCell };

/** The published cells of a dimension by the codes of one background variable, in the codes' order. */
export function placesOf(view: View, dimension: DimensionView, variable: string): Place[] {
  const codes = view.cells.release.variables.find(({ id }) => id === variable)?.codes ?? [];
  return codes.flatMap(({ code, name }) => {
    const cell = view.cells.find(dimension.measure, "mean", { wave: view.wave, [variable]: code });
    return cell ? [{ code, name, cell }] : [];
  });
}

/** Which places differ from everyone by a settled difference; which way each does, and no order among them. */
export function whereSaid(view: View, dimension: DimensionView, variable: string): Finding {
  const list = placesOf(view, dimension, variable).flatMap(({ code, name, cell }) => {
    if (!versus(cell, "everyone")?.settled) return [];
    return [
      {
        id: "where-item" as const,
        values: { name: name ?? code },
        cells: { difference: { key: cell.key, part: "difference" as const, against: "everyone" as const } },
      },
    ];
  });
  const values = { dimension: dimension.name, variable: namesOf(view).inside(variable) };
  return list.length > 0 ? { id: "where-settled", values, cells: {}, list } : { id: "where-none", values, cells: {} };
}
