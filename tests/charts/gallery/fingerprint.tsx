import { Fingerprint } from "../../../components/charts/fingerprint/fingerprint.tsx";
import type { Figure } from "../../../data/contracts/cell.ts";
import { DIMENSIONS, type DimensionId } from "../../../data/contracts/names.ts";
import { mean } from "../../findings/made-up.ts";
import {
  figureOf,
  groupingOf,
  LONG,
  namedMeasures,
  numbersIn,
  shareCells,
  storyWith,
  WAVE,
  within,
} from "./releases.ts";
import { type Chart, type Scene, scenesOfKinds } from "./scene.ts";

const CODES = ["A", "B", "C", "D", "E", "F"];
const FEW: DimensionId[] = ["material", "social", "subjective"];

/** Means of groups, a row a dimension; everyone's are 60. */
function fingerprint(
  rows: readonly (readonly (Figure | null)[])[],
  rest: Partial<Scene> & { dimensions?: readonly DimensionId[]; isLong?: boolean } = {},
): Scene {
  const { dimensions = FEW, isLong, ...scene } = rest;
  const codes = CODES.slice(0, rows[0]?.length ?? 2);
  const grouping = groupingOf("segment", codes, isLong ? LONG : null);
  const shares = codes.map((_, place) => within([34, 24, 18, 12, 8, 4][place] ?? 1, 2));
  const cells = dimensions.flatMap((dimension, row) => [
    mean(dimension, { wave: WAVE }, within(60, 1)),
    ...codes.map((segment, place) => ({
      ...mean(dimension, { wave: WAVE, segment }, { kind: "protected" }),
      figure: rows[row]?.[place] ?? null,
    })),
  ]);
  const measures = namedMeasures(dimensions, isLong ? LONG : undefined);
  const isOnPhone = scene.screen === "phone";
  return {
    story: storyWith([...shareCells("segment", codes, shares), ...cells], { dimensions, measures, segments: codes }),
    draw: (reading) => <Fingerprint grouping={grouping} reading={reading} focus={null} />,
    // The heat table and the cards of a phone are both in the page; one of them is seen.
    marks: dimensions.length + 2 * rows.reduce((sum, row) => sum + numbersIn(row), 0),
    height: isOnPhone ? 680 : 215 + 68 * dimensions.length,
    ...scene,
  };
}

const differing = (difference: number, settled: boolean) =>
  within(60 + difference, 2, { from: { difference, settled } });
const plain = [
  [within(66, 2), within(54, 2)],
  [within(61, 2), within(58, 2)],
  [within(70, 2), within(51, 2)],
];
const settled = [
  [differing(3, true), differing(-3, true)],
  [differing(8, true), differing(-8, true)],
  [differing(18, true), differing(-18, true)],
];
const withOne = (figure: Figure | null) => [plain[0] ?? [], [within(61, 2), figure], plain[2] ?? []];

export const fingerprintChart: Chart = {
  name: "fingerprint",
  marks: ["mark"],
  scenes: {
    ...scenesOfKinds((kind) => fingerprint(withOne(figureOf(kind)))),
    ordinary: fingerprint(
      DIMENSIONS.map((_, row) => [
        differing(12 - 3 * row, row !== 4),
        differing(3 * row - 12, row !== 4),
        within(60, 2),
      ]),
      { dimensions: DIMENSIONS },
    ),
    settled: fingerprint(settled),
    unsettled: fingerprint(settled.map((row) => row.map((_, place) => differing(place === 0 ? 9 : -9, false)))),
    flagged: fingerprint(withOne(within(52, 9, { flags: ["rough", "mostly-modelled"] })), { height: 460 }),
    "one-group": fingerprint(plain.map((row) => row.slice(0, 1))),
    "most-groups": fingerprint(
      FEW.map((_, row) => CODES.map((_, place) => differing(10 - 4 * place - row, true))),
      { height: 460 },
    ),
    "long-names": fingerprint(plain, { isLong: true, language: "sv", height: 460 }),
    ends: fingerprint([
      [within(0, 2), within(100, 2)],
      [within(1, 4), within(99, 4)],
      [within(0, 0), within(100, 0)],
    ]),
    nothing: fingerprint([], { dimensions: [], height: 140 }),
    phone: fingerprint(settled, { screen: "phone" }),
  },
};
