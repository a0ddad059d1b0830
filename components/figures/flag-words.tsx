import type { Flag } from "../../data/contracts/cell.ts";
import type { KeyedCell } from "../../server/findings/view.ts";
import type { Say } from "../words/translator.ts";

/** What a figure is flagged for, in words beside it. `except` leaves out what is said elsewhere in the same place. */
export function FlagWords({ cell, say, except = [] }: { cell: KeyedCell | null; say: Say; except?: Flag[] }) {
  if (cell?.figure.kind !== "value") return null;
  return cell.figure.flags
    .filter((flag) => !except.includes(flag))
    .map((flag) => (
      <span key={flag} className="flag">
        {say(`figures.flags.${flag}`)}
      </span>
    ));
}
