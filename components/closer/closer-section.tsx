import type { Grouping, KeyedCell } from "../../server/findings/view.ts";
import type { Reading } from "../page/reading.ts";
import { groupCalled } from "../pictures/group-name.ts";
import { type CloserChoices, closerQuestions } from "./closer-table.tsx";
import { LookCloser } from "./look-closer.tsx";

/** What cuts the columns of the table, not its rows. */
const COLUMNS = ["wave", "segment", "band", "troubles"];

/** "Katso tarkemmin", the other way into the same block as "Vertaa kahta": one dimension as a table of one's own choosing. */
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
  const groups = choices.groupings.find((one) => one.variable === address.query.groups) ?? choices.groupings[0] ?? null;
  const asked = address.query.dimension !== undefined || address.query.by !== undefined;
  const answer = {
    dimension: dimension.measure,
    by: variable.id,
    groups: groups?.variable ?? null,
    cells: asked
      ? closerQuestions(variable.id, groups?.variable ?? null).flatMap((variables) =>
          cells(dimension.measure, variables),
        )
      : null,
  };
  const { dimension: _dimension, by: _by, groups: _groups, ...kept } = address.query;
  return (
    <section className="closer-section" aria-labelledby="closer-heading" id="closer">
      <h2 id="closer-heading">{say("pages.closer.heading")}</h2>
      <p>{say("pages.closer.sentence")}</p>
      <LookCloser
        key={`${dimension.measure} ${variable.id} ${answer.groups}`}
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
          groups: say("pages.closer.groups"),
          show: say("pages.closer.show"),
          loading: say("pages.closer.loading"),
          ready: say("pages.closer.ready"),
          failed: say("pages.closer.failed"),
        }}
      />
    </section>
  );
}

/** What can be asked here: the backgrounds and the groupings by which some dimension is published in this wave. */
function choicesOf(reading: Reading): CloserChoices {
  const { view, language, say } = reading;
  const { release } = view.cells;
  const cut = new Set(
    release.cells
      .filter(({ at, measure }) => at.wave === view.wave && measure.startsWith("dimension."))
      .flatMap(({ at }) => Object.keys(at)),
  );
  const leading = view.grouping;
  // The grouping that leads the picture comes first; the others are filters.
  const groupings = leading ? [leading, ...view.groupings.filter(({ variable }) => variable !== leading.variable)] : [];
  return {
    release: release.id,
    wave: view.wave,
    language,
    dimensions: view.dimensions.map(({ measure, name }) => ({ measure, name: name[language] })),
    variables: release.variables
      .filter(({ id }) => cut.has(id) && !COLUMNS.includes(id))
      .map(({ id, name, codes }) => ({
        id,
        name: name[language],
        codes: codes.map((code) => ({ code: code.code, name: code.name[language] })),
      })),
    groupings: groupings.map(({ variable, groups }: Grouping) => ({
      variable,
      name: say(`pages.ribbon.groupings.${variable}`),
      groups: groups.map((group) => ({ code: group.code, name: groupCalled(group, reading) })),
    })),
  };
}
