import type { ServiceInGroup } from "../../server/findings/services.ts";
import type { Reading } from "../page/reading.ts";

const SIGNS = { works: "▲", fails: "▼", "not-settled": "–" } as const;

/** Whether a service meets a group's need more or less often than all others': a sign for the eye, words for the ear. */
export function VerdictMark({ verdict, reading }: { verdict: ServiceInGroup["verdict"]; reading: Reading }) {
  if (!verdict) return null;
  return (
    <span className={`verdict-mark verdict-${verdict}`}>
      <span aria-hidden="true">{SIGNS[verdict]}</span>
      <VerdictHeard verdict={verdict} reading={reading} />
    </span>
  );
}

/** The sign alone, where its words stand elsewhere. */
export function VerdictSign({ verdict }: { verdict: ServiceInGroup["verdict"] }) {
  return (
    verdict && (
      <span className={`verdict-mark verdict-${verdict}`} aria-hidden="true">
        {SIGNS[verdict]}
      </span>
    )
  );
}

/** The words of a sign, for the ear. */
export function VerdictHeard({ verdict, reading }: { verdict: ServiceInGroup["verdict"]; reading: Reading }) {
  return verdict && <span className="sr-only"> {reading.say(`pages.services.marks.${verdict}`)}</span>;
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
