import type { Reading } from "../page/reading.ts";
import { Part } from "./part.tsx";

/** How answers become the scores of dimensions. */
export function ScoresPart({ reading }: { reading: Reading }) {
  const { say, language, view } = reading;
  const { measures } = view.cells.release;
  return (
    <Part id="scores" reading={reading}>
      <p>{say("method.scores.text")}</p>
      <p>{say("method.scores.frame")}</p>
      <ul>
        {view.dimensions.map(({ id, measure, name, proxy }) => (
          <li key={id}>
            {name[language]}:{" "}
            {say("method.scores.items", { count: measures.find((one) => one.id === measure)?.items.length ?? 0 })}
            {proxy ? ` (${say("method.scores.proxy")})` : ""}
          </li>
        ))}
      </ul>
    </Part>
  );
}
