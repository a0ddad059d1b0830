import { Fragment, type ReactNode } from "react";
import type { Pointer } from "../../data/contracts/release.ts";
import type { Group, KeyedCell } from "../../server/findings/view.ts";
import { WalkTiles } from "../charts/tiles/walk-tiles.tsx";
import { CloserSection } from "../closer/closer-section.tsx";
import { Compare } from "../compare/compare.tsx";
import { Exchange } from "../compare/exchange.tsx";
import { LayOutAhead } from "../page/lay-out-ahead.tsx";
import type { Reading } from "../page/reading.ts";
import { WalkBlocks } from "../page/walk-blocks.tsx";
import { Actors } from "./actors.tsx";
import { ByBackground } from "./by-background.tsx";
import { Changes } from "./changes.tsx";
import { Coverage } from "./coverage.tsx";
import { Dimensions } from "./dimensions.tsx";
import { Drivers } from "./drivers.tsx";
import { FocusGroups } from "./focus-groups.tsx";
import { groupCalled, groupName } from "./group-name.ts";
import { Groups } from "./groups.tsx";
import { Levels } from "./levels.tsx";
import { Links } from "./links.tsx";
import { PictureHeader } from "./picture-header.tsx";
import { PileUp } from "./pile-up.tsx";
import { type BlockId, ReadingPath } from "./reading-path.tsx";
import { NationalReference } from "./reference.tsx";
import { MonthlySeries } from "./series.tsx";
import { Services } from "./services.tsx";
import { Skills } from "./skills.tsx";
import { Unknowns } from "./unknowns.tsx";
import { Weakest } from "./weakest.tsx";
import { Where } from "./where.tsx";

type Props = {
  reading: Reading;
  pointer: Pointer | null;
  current: string | null;
  closerCells: (measure: string, variables: string[]) => KeyedCell[];
  /** Draws what no hand changes. */
  Still: (props: { children: ReactNode }) => ReactNode;
};

/**
 * A block of the picture: its anchor, whether this release has it, what it is, whether half of a wide page is
 * enough, and what stands around it to listen to a hand. */
type Block = { id: BlockId; shown: boolean; body: ReactNode; half?: true; around?: Around };

type Around = (part: ReactNode) => ReactNode;

/** The reading path: who they are, how they are, what weighs and lifts, who helps, where, what is changing, who can do what, what we do not know. */
export function PictureBody(props: Props) {
  const { reading, pointer, current, Still } = props;
  const { view, say, address } = reading;
  const { grouping } = view;
  const focus = grouping?.groups.find(({ code }) => code === address.query.segment)?.code ?? null;
  const announce = Object.fromEntries(
    (grouping?.groups ?? []).map((group) => [group.code, `${announced(group, reading)}. ${say("pages.focus.on")}`]),
  );
  const [who, rest] = [groupBlocks(reading, focus), furtherBlocks(props)];
  const shown = [...who, ...rest].filter((block) => block.shown);
  const onScreen = address.query.mode === "screen";
  return (
    <div className={onScreen ? "picture on-screen" : "picture"}>
      {onScreen && <WalkBlocks />}
      <LayOutAhead />
      <Still>
        <PictureHeader reading={reading} pointer={pointer} current={current} />
      </Still>
      <ReadingPath
        blocks={shown.map(({ id }) => ({ id, label: say(`pages.path.${id}`) }))}
        label={say("pages.path.label")}
      />
      <FocusGroups
        initial={focus}
        groups={grouping?.groups.map(({ code }) => code) ?? []}
        announce={announce}
        cleared={say("pages.focus.off")}
      >
        <Still>{who.map(({ id, shown, body }) => shown && <Fragment key={id}>{body}</Fragment>)}</Still>
      </FocusGroups>
      {stretches(rest.filter((block) => block.shown)).map((blocks) => {
        const part = (
          <Still>
            <Placed blocks={blocks} />
          </Still>
        );
        return <Fragment key={blocks[0]?.id}>{blocks[0]?.around?.(part) ?? part}</Fragment>;
      })}
    </div>
  );
}

/** Each block that something stands around for itself, and what stands between them together. */
function stretches(blocks: Block[]): Block[][] {
  return blocks.reduce<Block[][]>((all, block) => {
    const last = all.at(-1);
    if (last && !block.around && !last[0]?.around) last.push(block);
    else all.push([block]);
    return all;
  }, []);
}

/** Blocks one under the other; two halves that follow each other stand side by side where there is room. */
function Placed({ blocks }: { blocks: Block[] }) {
  const [first, second, ...rest] = blocks;
  if (!first) return null;
  if (first.half && second?.half)
    return (
      <>
        <div className="picture-pair">
          {first.body}
          {second.body}
        </div>
        <Placed blocks={rest} />
      </>
    );
  return (
    <>
      {first.body}
      <Placed blocks={blocks.slice(1)} />
    </>
  );
}

/** Who they are and how they are: where a group in focus shows. */
function groupBlocks(reading: Reading, focus: string | null): Block[] {
  const { grouping } = reading.view;
  const leads = (variable: string) => grouping?.variable === variable;
  return [
    {
      id: "groups",
      shown: grouping !== null,
      body: grouping && <Groups grouping={grouping} reading={reading} focus={focus} />,
    },
    {
      id: "pile-up",
      shown: leads("troubles"),
      body: grouping && <PileUp grouping={grouping} reading={reading} />,
    },
    { id: "dimensions", shown: true, body: <Dimensions reading={reading} focus={focus} /> },
  ];
}

function furtherBlocks({ reading, closerCells }: Props): Block[] {
  const { view, say } = reading;
  const { said } = view;
  const beside = (variable: string) => view.beside.find((one) => one.variable === variable);
  const [troubles, levels] = [beside("troubles"), beside("band")];
  const besideBlocks: Block[] = [
    {
      id: "pile-up",
      shown: troubles !== undefined && said.pileUp !== null,
      body: troubles && <PileUp grouping={troubles} reading={reading} />,
    },
    {
      id: "levels",
      shown: levels !== undefined && said.levels !== null,
      body: levels && <Levels grouping={levels} reading={reading} />,
    },
  ];
  const segmented = view.grouping?.variable === "segment";
  return [
    { id: "weakest", shown: said.weakest !== null, body: <Weakest reading={reading} /> },
    ...(segmented ? [] : besideBlocks),
    { id: "drivers", half: true, shown: said.drivers !== null, body: <Drivers reading={reading} /> },
    { id: "links", half: true, shown: said.links !== null, body: <Links reading={reading} /> },
    { id: "services", shown: said.services !== null, body: <Services reading={reading} /> },
    { id: "skills", shown: said.skills !== null, body: <Skills reading={reading} /> },
    {
      id: "where",
      around: (part) => <WalkTiles>{part}</WalkTiles>,
      shown: view.dimensions.length > 0,
      body: <Backgrounds reading={reading} />,
    },
    {
      id: "changes",
      shown: view.previousWave !== null,
      body: view.previousWave && <Changes reading={reading} previous={view.previousWave} />,
    },
    { id: "series", shown: said.series !== null, body: <MonthlySeries reading={reading} /> },
    { id: "actors", shown: said.actors !== null, body: <Actors reading={reading} /> },
    {
      id: "compare",
      shown: view.comparables.length > 0,
      body: <Compare reading={reading} />,
      around: (part) => (
        <>
          <Exchange
            part="compare"
            words={{ loading: say("pages.compare.loading"), ready: say.raw("pages.compare.ready") as string }}
          >
            {part}
          </Exchange>
          <CloserSection reading={reading} cells={closerCells} />
        </>
      ),
    },
    // Beside segments, how well people are on the whole is background; without them it is the picture.
    ...(segmented ? besideBlocks : []),
    { id: "reference", shown: said.reference !== null, body: <NationalReference reading={reading} /> },
    { id: "coverage", shown: true, body: <Coverage reading={reading} /> },
    { id: "unknown", shown: true, body: <Unknowns reading={reading} /> },
  ];
}

function announced(group: Group, reading: Reading): string {
  const [called, name] = [groupCalled(group, reading), groupName(group, reading)];
  return called === name ? name : `${called}: ${name}`;
}

/** The outcome by area; where there are no groups to show, by every other background as well. */
function Backgrounds({ reading }: { reading: Reading }) {
  const { view } = reading;
  const dimension = view.dimensions.find(({ id }) => id === "subjective") ?? view.dimensions[0];
  if (!dimension) return null;
  const variables = view.cells.release.variables
    .map(({ id }) => id)
    .filter((id) => !["wave", "segment", "band", "troubles"].includes(id) && view.places(dimension, id).length > 1);
  const shown =
    variables.includes("area") && view.grouping?.variable === "segment"
      ? ["area"]
      : variables.slice(0, view.grouping?.variable === "segment" ? 1 : 3);
  return shown.map((variable) =>
    variable === "area" ? (
      <Where key={variable} reading={reading} />
    ) : (
      <ByBackground key={variable} reading={reading} dimension={dimension} variable={variable} />
    ),
  );
}
