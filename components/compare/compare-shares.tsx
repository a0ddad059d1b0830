import { Bar } from "@visx/shape";
import type { ComparedPair, Comparison } from "../../server/findings/compare.ts";
import type { Group } from "../../server/findings/view.ts";
import { hasRoomFor, ribbonBands } from "../charts/ribbon/geometry.ts";
import { groupLook } from "../charts/ribbon/group-look.ts";
import { GroupSign } from "../charts/ribbon/group-sign.tsx";
import { statisticNumber } from "../figures/format.ts";
import { Printed } from "../figures/printed.tsx";
import type { Reading } from "../page/reading.ts";
import { GroupBadge } from "../pictures/group-badge.tsx";
import { groupCalled } from "../pictures/group-name.ts";
import { DifferenceWords, SideValue } from "./compare-rows.tsx";
import { type SideNumber, SideSign } from "./two-marks.tsx";

type Row = ComparedPair & { group: Group };

const BAND_HEIGHT = 46;
const WHISKER_LANE = 16;

/** How the groups share each side between them: two ribbons one above the other, and in words what differs. */
export function CompareShares({ comparison, reading }: { comparison: Comparison; reading: Reading }) {
  const { say, language, kinds } = reading;
  const { shares } = comparison;
  if (!shares) return null;
  const { grouping, rows } = shares;
  return (
    <div className="compare-shares">
      <h3>{say(`pages.ribbon.title.${grouping.variable}`)}</h3>
      <div className="compare-ribbons">
        <SideRibbon number={1} rows={rows} reading={reading} />
        <SideRibbon number={2} rows={rows} reading={reading} />
      </div>
      <ul className="compare-share-rows">
        {rows.map((row) => (
          <li key={row.group.code}>
            <span className="compare-group">
              <GroupBadge group={row.group} size={22} />
              {groupCalled(row.group, reading)}
            </span>
            <span className="compare-values">
              {([1, 2] as const).map((number) => {
                const cell = number === 1 ? row.first : row.second;
                return (
                  <SideValue
                    key={number}
                    number={number}
                    side={comparison.sides[number === 1 ? 0 : 1]}
                    cell={cell}
                    reading={reading}
                    more={
                      <span className="interval">
                        <Printed cell={cell} part="interval" language={language} words={kinds} />
                      </span>
                    }
                  />
                );
              })}
            </span>
            <DifferenceWords pair={row} reading={reading} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** One side's ribbon, for the eye alone: the list under it says the same. Its widths are shares, whiskers their limits. */
function SideRibbon({ number, rows, reading }: { number: SideNumber; rows: Row[]; reading: Reading }) {
  const cellOf = ({ first, second }: Row) => (number === 1 ? first : second);
  const bands = ribbonBands(rows.map((row) => ({ code: row.group.code, figure: cellOf(row)?.figure ?? null })));
  return (
    <div className="compare-ribbon">
      <SideSign number={number} />
      <svg width="100%" height={BAND_HEIGHT + WHISKER_LANE} aria-hidden="true" focusable="false">
        {bands.map(({ code, start, width, whisker }) => {
          const row = rows.find(({ group }) => group.code === code);
          const cell = row && cellOf(row);
          if (!row || cell?.figure.kind !== "value") return null;
          const { className, pattern } = groupLook(row.group);
          const written = statisticNumber(cell.figure.value, cell.statistic, reading.language);
          const lane = BAND_HEIGHT + WHISKER_LANE / 2;
          return (
            <g key={code} className={`band ${className}`} data-mark={cell.key}>
              <svg x={`${start}%`} width={`${width}%`} height={BAND_HEIGHT} aria-hidden="true">
                <Bar className="fill" x={1.5} width="100%" height={BAND_HEIGHT} />
                <Bar className="gap" width="100%" height={BAND_HEIGHT} fill={pattern} />
                {width >= LEAST_FOR_SIGN && (
                  <svg x={22} y={BAND_HEIGHT / 2} className="overflow-visible" aria-hidden="true">
                    <g transform="scale(0.8)">
                      <GroupSign group={row.group} />
                    </g>
                  </svg>
                )}
                {hasRoomFor("narrow-share", `0000${written}`, width) && (
                  <text className="compare-share-number" x={42} y={BAND_HEIGHT / 2 + 7}>
                    <tspan data-cell={cell.key} data-part="value">
                      {written}
                    </tspan>
                  </text>
                )}
              </svg>
              {whisker && (
                <g className="band-whisker">
                  <line x1={`${whisker.low}%`} x2={`${whisker.high}%`} y1={lane} y2={lane} />
                  <line x1={`${whisker.low}%`} x2={`${whisker.low}%`} y1={lane - 5} y2={lane + 5} />
                  <line x1={`${whisker.high}%`} x2={`${whisker.high}%`} y1={lane - 5} y2={lane + 5} />
                </g>
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

/** The least width of a band, in percent, that holds a sign on the narrowest ribbon. */
const LEAST_FOR_SIGN = 5.5;
