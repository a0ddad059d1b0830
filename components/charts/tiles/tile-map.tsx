import type { ReactNode } from "react";
import type { Tile, WhereMeasure } from "../../../server/findings/where.ts";
import { comparison } from "../../figures/comparison.ts";
import { Printed } from "../../figures/printed.tsx";
import { asking, type Reading } from "../../page/reading.ts";
import { type Arrow, movesOf, placeClass, tileTone } from "./geometry.ts";

type Props = {
  tiles: Tile[];
  kind: WhereMeasure["kind"];
  reading: Reading;
  panel: (tile: Tile) => ReactNode;
};

/**
 * A map of equal tiles, one a place: its short name, its figure with the limits, and which way it differs where that is settled.
 * A tile of a place that is not in the picture says so. Beside it a panel with the numbers of the tile that is chosen, and what it
 * would hold of any other: `WalkTiles` around it listens.
 */
export function TileMap({ tiles, kind, reading, panel }: Props) {
  const { say, address } = reading;
  const first = tiles[0];
  if (!first) return null;
  const asked = tiles.find(({ code }) => code === address.query.place)?.code ?? null;
  const moves = movesOf(tiles);
  const panelOf = (tile: Tile | null) =>
    tile ? (
      <>
        {panel(tile)}
        <button type="button" className="tile-clear">
          {say("pages.where.panel.close")}
        </button>
      </>
    ) : (
      <p className="tile-how">{say("pages.where.how")}</p>
    );
  return (
    <div className="tiles-and-panel">
      <div className="tile-map">
        <ul className="tiles" aria-label={say("pages.where.map")}>
          {tiles.map((tile) => (
            <li key={tile.code} className={placeClass(tile)}>
              <a
                href={asking(address, { place: tile.code }, "where")}
                data-tile={tile.code}
                {...leading(moves[tile.code] ?? {})}
                aria-current={tile.code === asked ? "true" : undefined}
                className={`tile ${tile.place ? toneClass(tile, kind) : "tile-absent"}`}
              >
                <TileWords tile={tile} kind={kind} reading={reading} />
              </a>
            </li>
          ))}
        </ul>
        <TileLegend tiles={tiles} kind={kind} reading={reading} />
      </div>
      <div className="tile-panel" role="status">
        {panelOf(tiles.find(({ code }) => code === asked) ?? null)}
      </div>
      {[null, ...tiles].map((tile) => (
        <template key={tile?.code ?? ""} data-panel={tile?.code ?? ""}>
          {panelOf(tile)}
        </template>
      ))}
    </div>
  );
}

/** Where each arrow leads from a tile, as attributes. */
function leading(moves: Partial<Record<Arrow, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(moves).map(([arrow, code]) => [`data-${arrow.toLowerCase()}`, code]));
}

function toneClass({ place }: Tile, kind: WhereMeasure["kind"]): string {
  const figure = place?.cell.figure;
  if (figure?.kind !== "value") return `tile-${figure?.kind}`;
  return tileTone(kind, comparison(place?.cell ?? null, "everyone"));
}

/** "Kainuu: 64,1 (61,0–67,2), selvästi alle kaikkien keskiarvon": heard whole, seen as a short name, a number and a sign. */
function TileWords({ tile, kind, reading }: { tile: Tile; kind: WhereMeasure["kind"]; reading: Reading }) {
  const { say, language, kinds } = reading;
  const { place } = tile;
  const print = { language, words: kinds };
  const tone = toneClass(tile, kind);
  const above = /^(up|more)/.test(tone);
  const settled = above || /^(down|fewer)/.test(tone);
  return (
    <>
      <span className="tile-label" aria-hidden="true">
        {tile.label[language]}
      </span>
      <span className="sr-only">{tile.name[language]}: </span>
      {place ? (
        <>
          <span className="tile-value">
            <Printed cell={place.cell} {...print} />
            {settled && (
              <span className="tile-sign" aria-hidden="true">
                {above ? "▲" : "▼"}
              </span>
            )}
          </span>
          {place.cell.figure.kind === "value" && place.cell.figure.low !== null && (
            <span className="tile-interval">
              <span className="sr-only"> (</span>
              <Printed cell={place.cell} part="interval" {...print} />
              <span className="sr-only">)</span>
            </span>
          )}
          {kind !== "people" && comparison(place.cell, "everyone") && (
            <span className="sr-only">
              {", "}
              {settled
                ? say(`pages.where.tile.${above ? "above" : "below"}.${kind}`)
                : say("pages.where.tile.unsettled")}
            </span>
          )}
        </>
      ) : (
        <span className="tile-out">
          <span aria-hidden="true">{say("pages.where.tile.absent")}</span>
          <span className="sr-only">{say("pages.where.tile.absentLong")}</span>
        </span>
      )}
    </>
  );
}

/** What the looks mean: those alone that the map has. */
function TileLegend({ tiles, kind, reading: { say } }: Omit<Props, "panel">) {
  const looks = new Set(tiles.map((tile) => (tile.place ? toneClass(tile, kind) : "absent")));
  const any = (pattern: RegExp) => [...looks].some((look) => pattern.test(look));
  const ways = kind === "people" ? "mean" : kind;
  return (
    <ul className="tile-legend" aria-hidden="true">
      {any(/^(up|more)/) && (
        <li className={kind === "share" ? "more-3" : "up-3"}>▲ {say(`pages.where.tile.above.${ways}`)}</li>
      )}
      {any(/^(down|fewer)/) && (
        <li className={kind === "share" ? "fewer-3" : "down-3"}>▼ {say(`pages.where.tile.below.${ways}`)}</li>
      )}
      {kind !== "people" && any(/^plain/) && <li className="plain">{say("pages.where.tile.unsettled")}</li>}
      {any(/^absent/) && <li className="tile-absent">{say("pages.where.tile.absentLong")}</li>}
    </ul>
  );
}
