import type { Release } from "../../data/contracts/release.ts";
import { MESSAGES } from "../../data/words/messages.ts";
import type { KeyedCell } from "../../server/findings/view.ts";
import type { Reading } from "../page/reading.ts";
import { groupCalled } from "../pictures/group-name.ts";
import { waveName } from "../pictures/source-line.tsx";
import { Explore } from "./explore.tsx";
import type { Asked, ExploreChoices, ExploredMeasure } from "./explored.ts";

type Props = {
  reading: Reading;
  /** What the address asks, by name. */
  query: Record<string, string>;
  /** Which variables the cells of a measure name together, by measure and statistic. */
  grids: Map<string, string[][]>;
  /** The stored cells around what is asked. */
  cellsAround: (asked: Asked) => KeyedCell[];
};

/** The page of linked charts: what it is, how to use it, why some combinations are not there, and the charts. */
export function ExplorePage({ reading, query, grids, cellsAround }: Props) {
  const { view, say, language, address, kinds } = reading;
  const { release } = view.cells;
  const choices = choicesOf(reading, grids);
  const asked = askedOf(query, choices, view.wave);
  const fixed: Record<string, string> = query.release ? { release: query.release } : {};
  return (
    <div className="explore-page">
      <header className="explore-header">
        <p className="eyebrow">
          <a href={address.path + (query.release ? `?release=${query.release}` : "")}>
            {release.lifeEvent.name[language]}
          </a>
        </p>
        <h1>{say("pages.explore.heading")}</h1>
        <p className="explore-lead">{say("pages.explore.lead")}</p>
        <details className="explore-why">
          <summary>{say("pages.explore.why")}</summary>
          <p>{say("pages.explore.because")}</p>
          <p>
            <a href={`${address.path}/method#protection`}>{say("pages.explore.method")}</a>
          </p>
        </details>
      </header>
      {asked === null ? (
        <p className="empty-face">{say("pages.figure.nothing")}</p>
      ) : (
        <Explore
          choices={choices}
          asked={asked}
          cells={cellsAround(asked)}
          words={{ kinds, settled: say("pages.table.settled"), unsettled: say("pages.table.unsettled") }}
          messages={{ explore: MESSAGES[language].pages.explore }}
          stream={`/api/published/${release.id}/cells.arrow`}
          kept={fixed}
        />
      )}
    </div>
  );
}

/** Scores and shares: what stands on the whole scale from nought to a hundred. */
const STATISTICS = ["mean", "percent"];

function choicesOf(reading: Reading, grids: Map<string, string[][]>): ExploreChoices {
  const { language, view } = reading;
  const { release } = view.cells;
  const lists: string[][][] = [];
  const numberOf = (cuts: string[][]) => {
    const text = JSON.stringify(cuts);
    const found = lists.findIndex((list) => JSON.stringify(list) === text);
    return found < 0 ? lists.push(cuts) - 1 : found;
  };
  const measures = release.measures.flatMap(({ id, name, statistics }): ExploredMeasure[] => {
    const kind = kindOf(id);
    const statistic = statistics.find((one) => STATISTICS.includes(one));
    const cuts = statistic && grids.get(`${id}/${statistic}`);
    return kind && statistic && cuts ? [{ id, statistic, name: name[language], kind, grids: numberOf(cuts) }] : [];
  });
  const cutting = release.variables.filter(({ id }) => id !== "wave");
  const waves = release.variables.filter(({ id }) => id === "wave");
  const order = ["dimension", "low", "item", "service"];
  return {
    release: release.id,
    language,
    measures: measures.sort((left, right) => order.indexOf(left.kind) - order.indexOf(right.kind)),
    variables: [...cutting, ...waves].map((variable) => variableOf(variable, reading)),
    grids: lists,
  };
}

function variableOf(
  { id, name, codes }: Release["variables"][number],
  reading: Reading,
): ExploreChoices["variables"][number] {
  const { language, view, say } = reading;
  const grouping = view.groupings.find(({ variable }) => variable === id);
  if (grouping)
    return {
      id,
      name: say(`pages.ribbon.groupings.${grouping.variable}`),
      codes: grouping.groups.map((group) => ({ code: group.code, name: groupCalled(group, reading) })),
    };
  const named = (code: string, text: string) => (id === "wave" ? waveName(reading, code) : text);
  return {
    id,
    name: name[language],
    codes: codes.map((code) => ({ code: code.code, name: named(code.code, code.name[language]) })),
  };
}

function kindOf(measure: string): ExploredMeasure["kind"] | null {
  const [kind] = measure.split(".");
  return kind === "dimension" || kind === "low" || kind === "item" || kind === "service" ? kind : null;
}

/** What the address asks; the outcome of everyone where it asks nothing. A code that is not there is asked all the same. */
function askedOf(query: Record<string, string>, { measures, variables }: ExploreChoices, wave: string): Asked | null {
  const changed = query.dimension && query.measure === query.before ? query.dimension : query.measure;
  const measure =
    measures.find(({ id }) => id === changed) ??
    measures.find(({ id }) => id === "dimension.subjective") ??
    measures[0];
  if (!measure) return null;
  const cuts = variables.flatMap(({ id }): [string, string][] =>
    id === "wave" || !query[id] ? [] : [[id, query[id]]],
  );
  return { measure: measure.id, statistic: measure.statistic, wave, at: Object.fromEntries(cuts) };
}
