import type { KeyedCell } from "../../server/findings/view.ts";
import type { Reading } from "../page/reading.ts";
import { groupCalled } from "../pictures/group-story.tsx";
import { type CloserChoices, closerQuestions } from "./closer-table.tsx";
import { LookCloser } from "./look-closer.tsx";

const GROUPINGS = ["wave", "segment", "band", "troubles"];

/** "Katso tarkemmin": a table of one's own choosing among what is published. */
export function CloserSection({
  reading,
  cells,
}: {
  reading: Reading;
  cells: (measure: string, variables: string[]) => KeyedCell[];
}) {
  const { say, address, kinds } = reading;
  const choices = choicesOf(reading);
  const dimension =
    choices.dimensions.find(({ measure }) => measure === `dimension.${address.query.dimension}`) ??
    choices.dimensions[0];
  const variable = choices.variables.find(({ id }) => id === address.query.by) ?? choices.variables[0];
  if (!dimension || !variable) return null;
  const answer = {
    dimension: dimension.measure,
    by: variable.id,
    cells: closerQuestions(choices, variable.id).flatMap((variables) => cells(dimension.measure, variables)),
  };
  const { dimension: _dimension, by: _by, ...kept } = address.query;
  return (
    <section className="picture-section" aria-labelledby="closer-heading" id="closer">
      <p className="question">{say("pages.closer.question")}</p>
      <h2 id="closer-heading">{say("pages.closer.heading")}</h2>
      <p className="sentence">{say("pages.closer.sentence")}</p>
      <LookCloser
        key={`${dimension.measure} ${variable.id}`}
        choices={choices}
        answer={answer}
        kept={kept}
        words={{
          kinds,
          everyone: say("pages.fingerprint.everyone"),
          settled: say("pages.table.settled"),
          unsettled: say("pages.table.unsettled"),
          caption: say.raw("pages.closer.caption") as string,
          dimension: say("pages.table.dimension"),
          by: say("pages.closer.by"),
          show: say("pages.closer.show"),
          loading: say("pages.closer.loading"),
          ready: say("pages.closer.ready"),
          failed: say("pages.closer.failed"),
        }}
      />
      <p className="note">{say("pages.closer.limits")}</p>
    </section>
  );
}

/** What can be asked here: the backgrounds by which some dimension is published in this wave. */
function choicesOf(reading: Reading): CloserChoices {
  const { view, language } = reading;
  const { release } = view.cells;
  const cut = new Set(
    release.cells
      .filter(({ at, measure }) => at.wave === view.wave && measure.startsWith("dimension."))
      .flatMap(({ at }) => Object.keys(at)),
  );
  return {
    release: release.id,
    wave: view.wave,
    language,
    dimensions: view.dimensions.map(({ measure, name }) => ({ measure, name: name[language] })),
    variables: release.variables
      .filter(({ id }) => cut.has(id) && !GROUPINGS.includes(id))
      .map(({ id, name, codes }) => ({
        id,
        name: name[language],
        codes: codes.map((code) => ({ code: code.code, name: code.name[language] })),
      })),
    grouping: view.grouping && {
      variable: view.grouping.variable,
      groups: view.grouping.groups.map((group) => ({
        code: group.code,
        name: view.grouping ? groupCalled(view.grouping, group, reading) : group.code,
      })),
    },
  };
}
