import type { Reading } from "../page/reading.ts";
import { waveName } from "../pictures/source-line.tsx";
import { Part } from "./part.tsx";

/** How answers become the scores of dimensions. */
export function ScoresPart({ reading }: { reading: Reading }) {
  const { say, language, view } = reading;
  const { measures, summaryIndex } = view.cells.release;
  return (
    <Part id="scores" reading={reading}>
      <p>{say("method.scores.text")}</p>
      <p>{say(summaryIndex ? "method.scores.frameIndex" : "method.scores.frame")}</p>
      <ul>
        {view.dimensions.map(({ id, measure, name, proxy }) => (
          <li key={id}>
            {name[language]}:{" "}
            {say("method.scores.items", { count: measures.find((one) => one.id === measure)?.items.length ?? 0 })}
            {proxy ? ` (${say("method.scores.proxy")})` : ""}
          </li>
        ))}
      </ul>
      {summaryIndex && (
        <p>
          {say("method.scores.index", { mean: summaryIndex.mean, weighted: summaryIndex.ownWeights ? "yes" : "no" })}
        </p>
      )}
      <IndexOrders reading={reading} />
    </Part>
  );
}

/** How far the order by the summary index is the weights' doing, background by background. */
function IndexOrders({ reading }: { reading: Reading }) {
  const { say, language, view } = reading;
  const { indexSensitivity, variables } = view.cells.release;
  return indexSensitivity.map(({ wave, variable, ranks, dependsOnWeights }) => {
    const named = variables.find(({ id }) => id === variable);
    const nameOf = (code: string) => named?.codes.find((one) => one.code === code)?.name[language] ?? code;
    const depends = dependsOnWeights ? "yes" : "no";
    const title = { variable: named?.name[language] ?? variable, wave: waveName(reading, wave), depends };
    return (
      <details key={`${wave} ${variable}`}>
        <summary>{say("method.scores.indexOrder", title)}</summary>
        <ul>
          {ranks.map(({ code, rank, low, high }) => (
            <li key={code}>{say("method.scores.indexRank", { name: nameOf(code), rank, low, high })}</li>
          ))}
        </ul>
      </details>
    );
  });
}
