import type { WhereView } from "../../../server/findings/where.ts";
import { wholeNumber } from "../../figures/format.ts";
import type { Reading } from "../../page/reading.ts";
import { placeClass } from "./geometry.ts";

/** Where the smaller areas of a picture lie: how many of them each tile holds, and never a figure of theirs. */
export function Locator({ tiles, reading }: { tiles: NonNullable<WhereView["locator"]>; reading: Reading }) {
  const { say, language } = reading;
  return (
    <div className="locator">
      <ul className="tiles" aria-label={say("pages.where.locator.label")}>
        {tiles.map((tile) => (
          <li
            key={tile.code}
            className={placeClass(tile)}
            data-places={tile.within}
            aria-hidden={tile.within > 0 ? undefined : true}
          >
            <span className={`tile ${tile.within > 0 ? "tile-within" : "tile-absent"}`}>
              {tile.within > 0 && (
                <span aria-hidden="true">
                  <span className="tile-label">{tile.label[language]}</span>
                  <span className="tile-value">{wholeNumber(tile.within, language)}</span>
                </span>
              )}
              {tile.within > 0 && (
                <span className="sr-only">
                  {tile.name[language]}: {say("pages.where.locator.count", { count: tile.within })}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
      <p className="tile-how">{say("pages.where.locator.sentence")}</p>
    </div>
  );
}
