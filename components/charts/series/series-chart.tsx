import type { Language } from "../../../data/contracts/names.ts";
import type { SeriesView } from "../../../server/findings/series.ts";
import { decimalNumber } from "../../figures/format.ts";
import { placesOf, runsOf, SIZE } from "./geometry.ts";

/** Months as a line within the limits of natural variation; signals are filled. Drawn for the eye alone: the table has all. */
export function SeriesChart({ view: { series, months }, language }: { view: SeriesView; language: Language }) {
  const { centre, low, high } = series;
  const { points, yOf, ticks, xOf } = placesOf(
    months.map(({ drawn }) => drawn),
    [centre, low, high],
  );
  const { width, height, left, right, bottom } = SIZE;
  const years = months.flatMap(({ month }, place) =>
    /-(01|Q1)$/.test(month) || /^\d{4}$/.test(month) ? [{ year: month.slice(0, 4), place }] : [],
  );
  const every = Math.ceil(years.length / 8);
  return (
    <svg className="series-chart" viewBox={`0 0 ${width} ${height}`} width="100%" aria-hidden="true" focusable="false">
      {ticks.map((tick) => (
        <g key={tick}>
          <line className="series-grid" x1={left} x2={width - right} y1={yOf(tick)} y2={yOf(tick)} />
          <text className="series-tick" x={left - 8} y={yOf(tick) + 5} textAnchor="end">
            {decimalNumber(tick, 0, language)}
          </text>
        </g>
      ))}
      {years
        .filter((_, index) => index % every === 0)
        .map(({ year, place }) => (
          <text key={year} className="series-tick" x={xOf(place)} y={height - bottom + 20} textAnchor="middle">
            {year}
          </text>
        ))}
      {low !== null && high !== null && (
        <rect
          className="series-limits"
          x={left}
          width={width - left - right}
          y={yOf(high)}
          height={Math.max(0, yOf(low) - yOf(high))}
        />
      )}
      {centre !== null && (
        <line className="series-centre" x1={left} x2={width - right} y1={yOf(centre)} y2={yOf(centre)} />
      )}
      {runsOf(points).map((run) => (
        <polyline key={run[0]?.place} className="series-line" points={run.map(({ x, y }) => `${x},${y}`).join(" ")} />
      ))}
      {points.map(({ x, y, place }) => {
        const month = months[place];
        return (
          month && (
            <circle
              key={place}
              data-mark={month.cell?.key}
              className={month.isSignal ? "series-signal" : "series-point"}
              cx={x}
              cy={y}
              r={month.isSignal ? 4.5 : 2}
            />
          )
        );
      })}
    </svg>
  );
}
