import type { Pointer } from "../../data/contracts/release.ts";
import type { Group, KeyedCell } from "../../server/findings/view.ts";
import { CloserSection } from "../closer/closer-section.tsx";
import type { Reading } from "../page/reading.ts";
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
import { MonthlySeries } from "./series.tsx";
import { Services } from "./services.tsx";
import { Skills } from "./skills.tsx";
import { Unknowns } from "./unknowns.tsx";
import { Where } from "./where.tsx";

type Props = {
  reading: Reading;
  pointer: Pointer | null;
  current: string | null;
  closerCells: (measure: string, variables: string[]) => KeyedCell[];
};

/** The reading path: who they are, how they are, what goes with it, who helps, where, what is changing, who is heard, what we do not know. */
export function PictureBody({ reading, pointer, current, closerCells }: Props) {
  const { view, say, address } = reading;
  const { grouping } = view;
  const focus = grouping?.groups.find(({ code }) => code === address.query.segment)?.code ?? null;
  const announce = Object.fromEntries(
    (grouping?.groups ?? []).map((group) => [group.code, `${announced(group, reading)}. ${say("pages.focus.on")}`]),
  );
  return (
    <div className="picture">
      <PictureHeader reading={reading} pointer={pointer} current={current} />
      <FocusGroups
        initial={focus}
        groups={grouping?.groups.map(({ code }) => code) ?? []}
        announce={announce}
        cleared={say("pages.focus.off")}
      >
        {grouping && <Groups grouping={grouping} reading={reading} focus={focus} />}
        {grouping?.variable === "troubles" && <PileUp grouping={grouping} reading={reading} />}
        <Dimensions reading={reading} focus={focus} />
      </FocusGroups>
      <Drivers reading={reading} />
      <Services reading={reading} />
      <Skills reading={reading} />
      <Links reading={reading} />
      <Beside reading={reading} />
      <Backgrounds reading={reading} />
      {view.previousWave && <Changes reading={reading} previous={view.previousWave} />}
      <MonthlySeries reading={reading} />
      <CloserSection reading={reading} cells={closerCells} />
      <Coverage reading={reading} />
      <Unknowns reading={reading} />
    </div>
  );
}

function announced(group: Group, reading: Reading): string {
  const [called, name] = [groupCalled(group, reading), groupName(group, reading)];
  return called === name ? name : `${called}: ${name}`;
}

/** The groupings that stand beside the one that leads (METHOD §3.9): how burdens pile up, how well people are. */
function Beside({ reading }: { reading: Reading }) {
  return [...reading.view.beside]
    .reverse()
    .map((grouping) =>
      grouping.variable === "troubles" ? (
        <PileUp key="troubles" grouping={grouping} reading={reading} />
      ) : (
        <Levels key={grouping.variable} grouping={grouping} reading={reading} />
      ),
    );
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
  return shown.map((variable) => <Where key={variable} reading={reading} dimension={dimension} variable={variable} />);
}
