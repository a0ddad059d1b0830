import { Ribbon, ShareLine } from "../../../components/charts/ribbon/ribbon.tsx";
import { FlagWords } from "../../../components/figures/flag-words.tsx";
import { Printed } from "../../../components/figures/printed.tsx";
import type { Figure } from "../../../data/contracts/cell.ts";
import type { GroupingId } from "../../../server/findings/view.ts";
import { figureOf, groupingOf, numbersIn, shareCells, storyWith, within } from "./releases.ts";
import { type Chart, type Scene, scenesOfKinds } from "./scene.ts";

const CODES: Record<GroupingId, string[]> = {
  segment: ["A", "B", "C", "D", "E", "F"],
  band: ["5", "4", "3", "2", "1"],
  troubles: ["0", "1", "2", "3+"],
};
const VERDICTS = { segment: "segments", band: "level-only", troubles: "none" } as const;

function ribbon(variable: GroupingId, figures: readonly (Figure | null)[], rest: Partial<Scene> = {}): Scene {
  const codes = CODES[variable].slice(0, figures.length);
  const grouping = groupingOf(variable, codes);
  const without = new Set(figures.map((figure) => figure?.kind ?? "absent").filter((kind) => kind !== "value")).size;
  return {
    story: storyWith(shareCells(variable, codes, figures), { verdict: VERDICTS[variable], segments: CODES.segment }),
    draw: (reading) => (
      <Ribbon
        grouping={grouping}
        reading={reading}
        title={reading.say(`pages.ribbon.title.${variable}`)}
        description={reading.say("pages.ribbon.sentence")}
      />
    ),
    marks: numbersIn(figures),
    height: (numbersIn(figures) > 0 ? 205 : 145) + 40 * without,
    ...rest,
  };
}

const FOUR = [within(38, 3), within(27, 3), within(22, 2), within(13, 2)];
const NO_DIFFERENCES = "The ribbon draws no differences: the cards and the table have them.";
const AS_SEGMENTS = "Drawn as the ribbon of segments is.";

export const ribbonOfSegments: Chart = {
  name: "ribbon-segments",
  marks: ["band"],
  scenes: {
    ...scenesOfKinds((kind) => ribbon("segment", [within(52, 3), within(31, 3), figureOf(kind)])),
    ordinary: ribbon("segment", FOUR),
    settled: NO_DIFFERENCES,
    unsettled: NO_DIFFERENCES,
    flagged: "The ribbon says no reservations: the cards and the table do.",
    "one-group": ribbon("segment", [within(64, 4)]),
    "most-groups": ribbon(
      "segment",
      [31, 24, 19, 14, 8, 4].map((one) => within(one, 2)),
    ),
    "long-names": "A segment has a letter in the ribbon, and no name.",
    ends: ribbon("segment", [within(100, 0), within(1, 1)]),
    nothing: ribbon("segment", [{ kind: "protected" }, { kind: "protected" }]),
  },
};

const kindsAsSegments = {
  few: AS_SEGMENTS,
  most: AS_SEGMENTS,
  uncertain: AS_SEGMENTS,
  "not-asked": AS_SEGMENTS,
  "not-yet": AS_SEGMENTS,
  absent: AS_SEGMENTS,
  settled: NO_DIFFERENCES,
  unsettled: NO_DIFFERENCES,
  flagged: AS_SEGMENTS,
  ends: AS_SEGMENTS,
};
const steps = (variable: GroupingId, numbers: number[]) =>
  ribbon(
    variable,
    numbers.map((one) => within(one, 2)),
  );

export const ribbonOfBands: Chart = {
  name: "ribbon-bands",
  marks: ["band"],
  scenes: {
    ...kindsAsSegments,
    ordinary: steps("band", [22, 21, 20, 19, 18]),
    protected: ribbon("band", [within(24, 2), within(23, 2), { kind: "protected" }, within(19, 2), within(14, 2)]),
    "one-group": ribbon("band", [within(64, 4)]),
    "most-groups": steps("band", [48, 30, 15, 5, 2]),
    "long-names": { ...steps("band", [22, 21, 20, 19, 18]), language: "sv" },
    nothing: ribbon("band", []),
  },
};

export const ribbonOfTroubles: Chart = {
  name: "ribbon-troubles",
  marks: ["band"],
  scenes: {
    ...kindsAsSegments,
    ordinary: steps("troubles", [44, 25, 16, 15]),
    protected: ribbon("troubles", [within(44, 2), within(25, 2), within(16, 2), { kind: "protected" }]),
    "one-group": ribbon("troubles", [within(64, 4)]),
    "most-groups": steps("troubles", [70, 19, 9, 2]),
    "long-names": { ...steps("troubles", [44, 25, 16, 15]), language: "sv" },
    nothing: ribbon("troubles", []),
  },
};

/** Shares each on its own line, as the cards of groups and the table of low dimensions have them. */
function lines(figures: readonly (Figure | null)[], rest: Partial<Scene> = {}): Scene {
  const codes = CODES.segment.slice(0, figures.length);
  const { groups } = groupingOf("segment", codes);
  return {
    story: storyWith(shareCells("segment", codes, figures), { segments: codes }),
    draw: ({ view, say, language, kinds }) => (
      <ul>
        {groups.map((group) => {
          const cell = view.share(group);
          return (
            <li key={group.code}>
              <Printed cell={cell} language={language} words={kinds} className="number-medium" />{" "}
              <span className="interval">
                <Printed cell={cell} part="interval" language={language} words={kinds} />
              </span>{" "}
              <FlagWords cell={cell} say={say} />
              <ShareLine figure={cell?.figure ?? null} group={group} />
            </li>
          );
        })}
      </ul>
    ),
    marks: numbersIn(figures),
    height: 60 + 60 * numbersIn(figures) + 30 * (figures.length - numbersIn(figures)),
    ...rest,
  };
}

export const shareLine: Chart = {
  name: "share-line",
  marks: ["share-line"],
  scenes: {
    ...scenesOfKinds((kind) => lines([within(42, 4), figureOf(kind)])),
    ordinary: lines(FOUR),
    settled: "The line draws no differences.",
    unsettled: "The line draws no differences.",
    flagged: lines([within(42, 12, { flags: ["rough"] }), within(30, 9, { flags: ["mostly-modelled", "wide"] })]),
    "one-group": lines([within(64, 4)]),
    "most-groups": lines([31, 24, 19, 14, 8, 4].map((one) => within(one, 2))),
    "long-names": "The line has no name: a number stands beside it.",
    ends: lines([within(0, 0), within(1, 3), within(99, 3), within(100, 0)]),
    nothing: "Each line is drawn beside its number; where there is none, the words for that stand there.",
    phone: lines([within(42, 4), within(8, 2)], { screen: "phone" }),
  },
};
