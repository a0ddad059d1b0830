import { DotRows } from "../../../components/charts/dot-rows/dot-rows.tsx";
import { differenceLine, differenceMark, markOf } from "../../../components/charts/dot-rows/geometry.ts";
import { comparison } from "../../../components/figures/comparison.ts";
import { FlagWords } from "../../../components/figures/flag-words.tsx";
import { Printed } from "../../../components/figures/printed.tsx";
import type { Figure } from "../../../data/contracts/cell.ts";
import { DIMENSIONS } from "../../../data/contracts/names.ts";
import { mean } from "../../findings/made-up.ts";
import { figureOf, LONG, namedMeasures, numbersIn, storyWith, WAVE, within } from "./releases.ts";
import { type Chart, type Scene, scenesOfKinds } from "./scene.ts";

type Rest = Partial<Scene> & { isLong?: boolean };

function storyOfMeans(figures: readonly (Figure | null)[], isLong: boolean) {
  const dimensions = DIMENSIONS.slice(0, figures.length);
  const cells = dimensions.map((dimension, place) => ({
    ...mean(dimension, { wave: WAVE }, { kind: "protected" }),
    figure: figures[place] ?? null,
  }));
  return storyWith(cells, { dimensions, measures: namedMeasures(dimensions, isLong ? LONG : undefined), segments: [] });
}

/** Everyone's means on the whole line, with the middle of the scale to compare with. */
function means(figures: readonly (Figure | null)[], { isLong = false, ...rest }: Rest = {}): Scene {
  return {
    story: storyOfMeans(figures, isLong),
    draw: ({ view, say, language, kinds }) => (
      <DotRows
        label={say("pages.fingerprint.caption")}
        language={language}
        rows={view.dimensions.map((dimension) => {
          const cell = view.mean(dimension);
          const mark = markOf(cell?.figure);
          const against = comparison(cell, "everyone");
          const tone = against ? (against.settled ? "mark-settled" : "mark-unsettled") : "";
          return {
            id: dimension.id,
            label: dimension.name[language],
            marks: mark ? [{ mark, look: "now" as const, tone }] : [],
            reference: { x: 60, low: null, high: null },
            text: (
              <>
                <Printed cell={cell} language={language} words={kinds} className="number-medium" />{" "}
                <span className="interval">
                  <Printed cell={cell} part="interval" language={language} words={kinds} />
                </span>
                <FlagWords cell={cell} say={say} />
              </>
            ),
          };
        })}
      />
    ),
    marks: numbersIn(figures),
    height: figures.length === 0 ? 140 : 105 + 48 * figures.length,
    ...rest,
  };
}

/** Differences on a line with nought in its middle. */
function differences(all: readonly { difference: number; settled: boolean }[], rest: Rest = {}): Scene {
  const figures = all.map((from) => within(60 + from.difference, 2, { from }));
  return {
    ...means(figures, rest),
    draw: ({ view, say, language, kinds }) => {
      const changes = view.dimensions.map((dimension) => comparison(view.mean(dimension), "everyone"));
      const line = differenceLine(changes.flatMap((change) => change ?? []));
      return (
        <DotRows
          label={say("pages.changes.caption")}
          language={language}
          line={line}
          rows={view.dimensions.map((dimension, place) => {
            const change = changes[place] ?? null;
            const mark = differenceMark(change, line);
            const tone = change?.settled ? "mark-settled" : "mark-unsettled";
            return {
              id: dimension.id,
              label: dimension.name[language],
              marks: mark ? [{ mark, look: "now" as const, tone }] : [],
              text: (
                <span className={change?.settled ? "settled" : "unsettled"}>
                  <Printed
                    cell={view.mean(dimension)}
                    part="difference"
                    against="everyone"
                    language={language}
                    words={kinds}
                    className="number-medium"
                  />{" "}
                  {say(change?.settled ? "pages.changes.settled" : "pages.changes.unsettled")}
                </span>
              ),
            };
          })}
        />
      );
    },
  };
}

const ONE_LINE = "A row is one number: it has no groups.";

export const dotRows: Chart = {
  name: "dot-rows",
  marks: ["mark"],
  scenes: {
    ...scenesOfKinds((kind) => means([within(64, 3), figureOf(kind)])),
    ordinary: means([64, 58, 71, 49, 40, 77, 66, 59, 68].map((one, place) => within(one, 1 + place))),
    settled: differences([
      { difference: 4, settled: true },
      { difference: -7, settled: true },
    ]),
    unsettled: differences([
      { difference: 0.5, settled: false },
      { difference: -0.8, settled: false },
    ]),
    flagged: means(
      [within(64, 14, { flags: ["rough"] }), within(51, 11, { flags: ["mostly-modelled", "few-answers"] })],
      {
        height: 270,
      },
    ),
    "one-group": means([within(64, 3)]),
    "most-groups": ONE_LINE,
    "long-names": means([within(64, 3), { kind: "uncertain" }], { isLong: true, language: "sv", height: 300 }),
    ends: means([within(0, 3), within(100, 3), within(0, 0), within(100, 0)]),
    nothing: means([]),
    phone: means([within(64, 3), within(12, 12), { kind: "protected" }], { screen: "phone", height: 320 }),
  },
};
