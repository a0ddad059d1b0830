import type { KeyedCell } from "../../server/findings/view.ts";
import type { Place, WhereView } from "../../server/findings/where.ts";
import { DataTable } from "../charts/data-table.tsx";
import { WHOLE } from "../charts/dot-rows/geometry.ts";
import { Figure } from "../charts/figure.tsx";
import { countLine } from "../charts/tiles/geometry.ts";
import { Locator } from "../charts/tiles/locator.tsx";
import { TileMap } from "../charts/tiles/tile-map.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { FullCell } from "./dimensions.tsx";
import { PlaceRows, placeName } from "./place-rows.tsx";
import { SourceLine } from "./source-line.tsx";
import { measureName, WhereMeasures } from "./where-measures.tsx";
import { WherePanel } from "./where-panel.tsx";

/**
 * Where: what the address asks of the places, with everyone as the line to compare with. Counties of a known map stand on tiles,
 * beside the same numbers as dots with their whiskers; municipalities in a list by their county, beside a map of where they lie.
 */
export function Where({ reading }: { reading: Reading }) {
  const { say, view, address } = reading;
  const where = view.where(address.query.where);
  if (!where) return null;
  const { chosen } = where;
  const [heading, ...rest] = where.said;
  const reads = chosen.kind === "people" && chosen.group === null ? "register" : chosen.kind;
  return (
    <Figure
      id="where"
      question={say("pages.where.question")}
      heading={heading && <Sentence finding={heading} reading={reading} />}
      sentence={
        <>
          {rest.map((finding) => (
            <span key={finding.id} className={finding.id === "where-rest" ? "where-rest" : "where-further"}>
              <Sentence finding={finding} reading={reading} closed />{" "}
            </span>
          ))}
          {say(`pages.where.reads.${reads}`, { measure: measureName(chosen, reading) })}
          {onlyInAll(where, reading) && ` ${say("pages.where.peopleWhole")}`}
        </>
      }
      source={<SourceLine reading={reading} register={chosen.kind === "people" || where.map !== null} />}
      method={chosen.kind === "people" ? "people" : "comparisons"}
      reading={reading}
      table={<WhereTable where={where} reading={reading} />}
    >
      <WhereMeasures where={where} reading={reading} />
      <div className={`where-faces ${where.map ? "where-mapped" : where.locator ? "where-located" : ""}`}>
        {where.map && (
          <TileMap
            tiles={where.map}
            kind={chosen.kind}
            reading={reading}
            panel={(tile) => <WherePanel tile={tile} measure={chosen} reading={reading} />}
          />
        )}
        <WhereParts where={where} reading={reading} />
        {where.locator && <Locator tiles={where.locator} reading={reading} />}
      </div>
    </Figure>
  );
}

/** The places as dots, part by part; where no part has two of them, in one list that names each one's part beneath it. */
function WhereParts({ where, reading }: { where: WhereView; reading: Reading }) {
  const { say, language } = reading;
  const { chosen, everyone, parts, places } = where;
  const line = chosen.kind === "people" ? countLine(highest(places)) : WHOLE;
  const rows = { everyone, line, reading, kind: chosen.kind };
  if (parts.every((part) => part.name === null || part.places.length < 2)) {
    const under = new Map(parts.flatMap(({ name, places }) => places.map(({ code }) => [code, name?.[language]])));
    return (
      <div className="where-parts">
        <PlaceRows {...rows} places={places} label={say("pages.where.question")} under={under} />
      </div>
    );
  }
  return (
    <div className="where-parts">
      {parts.map(({ code, name, places }) => {
        const label = name?.[language] ?? say("pages.where.other");
        return (
          <div key={code}>
            <h3>{label}</h3>
            <PlaceRows {...rows} places={places} label={label} />
          </div>
        );
      })}
    </div>
  );
}

/** How far a line for numbers of people must reach; the line is drawn, no number of it is printed beside the marks. */
function highest(places: Place[]): number {
  return Math.max(
    0,
    ...places.map(({ cell: { figure } }) => (figure.kind === "value" ? (figure.high ?? figure.value) : 0)),
  );
}

function WhereTable({ where: { chosen, everyone, places, parts }, reading }: { where: WhereView; reading: Reading }) {
  const { say, view, language } = reading;
  const variable = view.cells.release.variables.find(({ id }) => id === "area")?.name[language] ?? "area";
  const measure = measureName(chosen, reading);
  const named = parts.some(({ name }) => name !== null);
  const partOf = (place: Place) => parts.find((part) => part.places.includes(place))?.name?.[language];
  const row = (id: string, head: string, cell: KeyedCell | null) => ({
    id,
    head,
    cells: [<FullCell key="cell" cell={cell} reading={reading} />],
  });
  return (
    <DataTable
      caption={say("pages.where.caption", { dimension: measure, variable })}
      columns={[variable, measure]}
      rows={[
        row("everyone", say("pages.fingerprint.everyone"), everyone),
        ...places.map((place) => {
          const name = place.name?.[language] ?? placeName(place, reading);
          return row(place.code, named && partOf(place) ? `${name} (${partOf(place)})` : name, place.cell);
        }),
      ]}
    />
  );
}

/** Whether the groups' people are estimated for the whole alone. */
function onlyInAll({ measures }: WhereView, { view }: Reading): boolean {
  if (measures.some((measure) => measure.kind === "people" && measure.group !== null)) return false;
  return (view.cells.release.people ?? []).some(
    ({ wave, variable, reading }) =>
      wave === view.wave && variable === view.grouping?.variable && reading === "everyone",
  );
}
