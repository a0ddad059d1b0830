import type { MonthView, SeriesView } from "../../../server/findings/series.ts";
import { decimalNumber } from "../../figures/format.ts";
import type { Reading } from "../../page/reading.ts";
import { NotDrawn, type Thing } from "../not-drawn.tsx";
import { NARROW, placesOf, runsOf, type Size, WIDE } from "./geometry.ts";

type Props = { view: SeriesView; reading: Reading };

/**
 * Months as a line within the limits of natural variation; signals are filled. A month without a number is a gap, and
 * why is said under it. Drawn for the eye alone: the table has all. A phone has a drawing of its own width.
 */
export function SeriesChart(props: Props) {
  const { months } = props.view;
  const isBlank = months.every(({ drawn }) => drawn === null);
  return (
    <>
      {!isBlank && (
        <>
          <Line {...props} size={WIDE} className="series-chart series-wide" />
          <Line {...props} size={NARROW} className="series-chart series-narrow" />
        </>
      )}
      <NotDrawn things={gapsOf(months)} isBlank={isBlank} reading={props.reading} />
    </>
  );
}

function Line({
  view: { series, months },
  reading: { language },
  size,
  className,
}: Props & { size: Size; className: string }) {
  const { centre, low, high } = series;
  const { points, yOf, ticks, xOf } = placesOf(
    months.map(({ drawn }) => drawn),
    [centre, low, high],
    size,
  );
  const { width, height, left, right, bottom } = size;
  const years = months.flatMap(({ month }, place) =>
    /-(01|Q1)$/.test(month) || /^\d{4}$/.test(month) ? [{ year: month.slice(0, 4), place }] : [],
  );
  const every = Math.ceil(years.length / size.years);
  return (
    <svg className={className} viewBox={`0 0 ${width} ${height}`} width="100%" aria-hidden="true" focusable="false">
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

/** Months without a number, those that follow one another and are of one kind together: "2024-03 – 2024-06". */
function gapsOf(months: SeriesView["months"]): Thing[] {
  const kindOf = (cell: MonthView["cell"] | undefined) => cell?.figure.kind ?? "absent";
  return months.flatMap(({ month, cell }, place) => {
    const kind = kindOf(cell);
    if (kind === "value" || (place > 0 && kindOf(months[place - 1]?.cell) === kind)) return [];
    const after = months.findIndex((one, index) => index > place && kindOf(one.cell) !== kind);
    const last = months[(after < 0 ? months.length : after) - 1]?.month ?? month;
    return [{ name: last === month ? month : `${month} – ${last}`, cell }];
  });
}
