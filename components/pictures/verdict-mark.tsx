import type { ServiceInGroup } from "../../server/findings/services.ts";
import type { Reading } from "../page/reading.ts";

const SIGNS = { works: "▲", fails: "▼", "not-settled": "–" } as const;

/** Whether a service meets a group's need more or less often than all others': a sign for the eye, words for the ear. */
export function VerdictMark({ verdict, reading }: { verdict: ServiceInGroup["verdict"]; reading: Reading }) {
  if (!verdict) return null;
  return (
    <span className={`verdict-mark verdict-${verdict}`}>
      <span aria-hidden="true">{SIGNS[verdict]}</span>
      <span className="sr-only"> {reading.say(`pages.services.marks.${verdict}`)}</span>
    </span>
  );
}

/** What the signs mean, once above a matrix. */
export function VerdictLegend({ reading }: { reading: Reading }) {
  return (
    <ul className="verdict-legend" aria-hidden="true">
      {(["works", "fails", "not-settled"] as const).map((verdict) => (
        <li key={verdict} className={`verdict-item-${verdict}`}>
          <span className={`verdict-mark verdict-${verdict}`}>{SIGNS[verdict]}</span>{" "}
          {reading.say(`pages.services.marks.${verdict}`)}
        </li>
      ))}
    </ul>
  );
}
