import type { Figure } from "../../data/contracts/cell.ts";
import { DIMENSIONS, type DimensionId } from "../../data/contracts/names.ts";
import type { Certificate } from "../../data/contracts/release.ts";
import { type Finding, isValue, limitsOf, numberOf, versus } from "./finding.ts";
import { namesOf } from "./names-of.ts";
import { type DimensionView, GROUPINGS, type KeyedCell, meanOf, type View } from "./view.ts";

/** What the picture cannot tell, counted from the published cells of the wave. */
export type Unknown = {
  cells: number;
  protected: number;
  uncertain: number;
  notAsked: DimensionView[];
  /** Dimensions that no source of the picture has. */
  neverAsked: DimensionId[];
  proxies: DimensionView[];
  /** Dimensions that were asked and take no part in any grouping, with why. */
  leftOut: Certificate["leftOut"];
  /** Who could not be placed in a group: everyone's share, and the backgrounds where it is settled above everyone's. */
  unplaced: Finding[];
  /** The share that could not be placed, class by class. */
  unplacedBy: { variable: string; code: string; cell: KeyedCell }[];
  /** Dimensions whose questions hang together weakly, those declared formative apart. */
  weak: Finding | null;
  /** Questions that many did not know an answer to. */
  unanswered: Finding | null;
  /** Dimensions whose mean depends on missing answers. */
  missingMoves: Finding | null;
  /** Questions that behave differently beside their dimension than in the reference wave. */
  differs: Finding | null;
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
    leftOut: release.segmentation.certificate.leftOut.filter(({ reason }) => reason !== "absent"),
    unplaced: unplacedSaid(view),
    unplacedBy: unplacedBy(view),
    weak: weakSaid(view),
    unanswered: unansweredSaid(view),
    missingMoves: missingMovesSaid(view),
    differs: differsSaid(view),
  };
}

/** Everyone's share without a group; then each class where it is settled above everyone's. */
function unplacedSaid(view: View): Finding[] {
  const everyone = view.cells.find("unclassifiable", "percent", { wave: view.wave });
  if (!isValue(everyone)) return [];
  const said: Finding[] = [
    { id: "unplaced-all", values: {}, cells: { share: numberOf(everyone), interval: limitsOf(everyone) } },
  ];
  const names = namesOf(view);
  const list = unplacedBy(view).flatMap(({ variable, code, cell }): Finding[] => {
    const against = versus(cell, "everyone");
    if (!against?.settled || against.difference <= 0) return [];
    return [
      {
        id: "unplaced-item",
        values: { name: names.code(variable, code), variable: names.inside(variable) },
        cells: { share: numberOf(cell) },
      },
    ];
  });
  return list.length > 0 ? [...said, { id: "unplaced-more", values: {}, cells: {}, list }] : said;
}

function unplacedBy(view: View): Unknown["unplacedBy"] {
  return view.cells.release.variables
    .filter(({ id }) => id !== "wave" && !(GROUPINGS as readonly string[]).includes(id))
    .flatMap(({ id, codes }) =>
      codes.flatMap(({ code }) => {
        const cell = view.cells.find("unclassifiable", "percent", { wave: view.wave, [id]: code });
        return cell ? [{ variable: id, code, cell }] : [];
      }),
    );
}

function weakSaid(view: View): Finding | null {
  const list = view.cells.release.reliability.flatMap(
    ({ wave, dimension, formative, reading, alpha, spearmanBrown }, place): Finding[] => {
      if (wave !== view.wave || formative || (reading !== "weak" && reading !== "separate")) return [];
      // Two questions: Spearman and Brown's coefficient; more: alpha (METHOD §1.5).
      const number = spearmanBrown === null ? "alpha" : "spearmanBrown";
      if ((number === "alpha" ? alpha : spearmanBrown) === null) return [];
      return [
        {
          id: "reliability-item",
          values: { dimension: { low: dimension }, reading },
          cells: {},
          numbers: { value: `reliability.${place}.${number}` },
        },
      ];
    },
  );
  return list.length > 0 ? { id: "reliability-weak", values: {}, cells: {}, list } : null;
}

/** More than this share of "don't know" is said of a question (METHOD §1.3), in percent. */
const MANY_UNANSWERED = 15;

function unansweredSaid(view: View): Finding | null {
  const list = view.cells.release.measures.flatMap(({ id, name }): Finding[] => {
    const item = /^missing\.(.+)\.dont_know$/.exec(id)?.[1];
    const cell = item === undefined ? null : view.cells.find(id, "percent", { wave: view.wave });
    if (!isValue(cell) || cell.figure.value <= MANY_UNANSWERED) return [];
    const asked = view.cells.release.measures.find((one) => one.id === `item.${item}`)?.name;
    return [{ id: "unanswered-item", values: { name: asked ?? name }, cells: { share: numberOf(cell) } }];
  });
  return list.length > 0 ? { id: "unanswered-many", values: {}, cells: {}, list } : null;
}

function missingMovesSaid(view: View): Finding | null {
  const list = view.dimensions.flatMap((dimension): Finding[] => {
    const cell = meanOf(view, dimension);
    if (cell?.figure.kind !== "value" || !cell.figure.flags.includes("depends-on-missing")) return [];
    return [{ id: "name-item", values: { name: dimension.name }, cells: {} }];
  });
  return list.length > 0 ? { id: "missing-moves", values: {}, cells: {}, list } : null;
}

function differsSaid(view: View): Finding | null {
  const names = namesOf(view);
  const list = view.cells.release.comparability.flatMap(({ wave, measure, differs }): Finding[] =>
    differs && wave === view.wave ? [{ id: "question-item", values: { name: names.measure(measure) }, cells: {} }] : [],
  );
  return list.length > 0 ? { id: "item-differs", values: {}, cells: {}, list } : null;
}
