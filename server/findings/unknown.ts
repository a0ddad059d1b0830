import type { Figure } from "../../data/contracts/cell.ts";
import { DIMENSIONS, type DimensionId } from "../../data/contracts/names.ts";
import type { DimensionView, View } from "./view.ts";

/** What the picture cannot tell, counted from the published cells of the wave. */
export type Unknown = {
  cells: number;
  protected: number;
  uncertain: number;
  notAsked: DimensionView[];
  /** Dimensions that no source of the picture has. */
  neverAsked: DimensionId[];
  proxies: DimensionView[];
  /** Share of persons with too few answers to be placed in a group; a figure of the certificate, not a cell. */
  unclassifiable: Figure | null;
};

export function unknownOf(view: View): Unknown {
  const { release } = view.cells;
  const cells = release.cells.filter((cell) => cell.at.wave === view.wave);
  const count = (kind: Figure["kind"]) => cells.filter((cell) => cell.figure.kind === kind).length;
  const asked = (dimension: DimensionView) =>
    release.measures.find(({ id }) => id === dimension.measure)?.asked.includes(view.wave) ?? false;
  return {
    cells: cells.length,
    protected: count("protected"),
    uncertain: count("uncertain"),
    notAsked: view.dimensions.filter((dimension) => !asked(dimension)),
    neverAsked: DIMENSIONS.filter((dimension) => !view.dimensions.some(({ id }) => id === dimension)),
    proxies: view.dimensions.filter(({ proxy }) => proxy),
    unclassifiable:
      release.segmentation.certificate.unclassifiable.find(({ wave }) => wave === view.wave)?.figure ?? null,
  };
}
