import { DataTable } from "../../../components/charts/data-table.tsx";
import { FlagWords } from "../../../components/figures/flag-words.tsx";
import { Printed } from "../../../components/figures/printed.tsx";
import { type Figure, FLAGS } from "../../../data/contracts/cell.ts";
import { figureOf, groupingOf, LONG, numbersIn, shareCells, storyWith, within } from "./releases.ts";
import { type Chart, KINDS, type Scene, scenesOfKinds } from "./scene.ts";

const CODES = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M"];

/** Shares of groups as rows: the figure, its limits, and its reservations in words. */
function table(figures: readonly (Figure | null)[], { name, ...rest }: Partial<Scene> & { name?: string } = {}): Scene {
  const codes = CODES.slice(0, figures.length);
  const { groups } = groupingOf("segment", codes);
  return {
    story: storyWith(shareCells("segment", codes, figures), { segments: codes }),
    draw: ({ view, say, language, kinds }) => (
      <DataTable
        caption={say("pages.ribbon.title.segment")}
        columns={[say("pages.table.group"), say("pages.table.share"), say("pages.table.interval")]}
        rows={groups.map((group) => {
          const cell = view.share(group);
          return {
            id: group.code,
            head: name ?? say("figures.group.segment", { code: group.code }),
            cells: [
              <span key="share">
                <Printed cell={cell} language={language} words={kinds} className="number" />{" "}
                <FlagWords cell={cell} say={say} />
              </span>,
              <Printed key="interval" cell={cell} part="interval" language={language} words={kinds} />,
            ],
          };
        })}
      />
    ),
    marks: numbersIn(figures),
    height: 140 + 46 * figures.length,
    ...rest,
  };
}

const NO_DIFFERENCES = "What a table says of differences, its caller writes.";

/** The table twin: here every kind of "no number" and every reservation stands beside the others, to be told apart. */
export const dataTable: Chart = {
  name: "data-table",
  marks: ["number"],
  scenes: {
    ...scenesOfKinds((kind) => table([within(42, 4), figureOf(kind)])),
    ordinary: table([within(42, 4), ...KINDS.map(figureOf)]),
    settled: NO_DIFFERENCES,
    unsettled: NO_DIFFERENCES,
    flagged: table(FLAGS.map((flag, place) => within(20 + place, 9, { flags: [flag] }))),
    "one-group": table([within(64, 4)]),
    "most-groups": table([31, 24, 19, 14, 8, 4].map((one) => within(one, 2))),
    "long-names": table([within(42, 4), { kind: "protected" }], { name: LONG.sv, language: "sv" }),
    ends: table([within(0, 0), within(0, 3), within(100, 3)]),
    nothing: "A table without rows is its caller's: it says so instead of the table.",
    phone: table([within(42, 4), ...KINDS.map(figureOf)], { screen: "phone", height: 930 }),
  },
};
