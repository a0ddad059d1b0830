import type { LinkView } from "../../../server/findings/links.ts";
import type { DimensionView } from "../../../server/findings/view.ts";
import type { Reading } from "../../page/reading.ts";
import { SIZE, spotsOf, widthOf } from "./geometry.ts";

/**
 * Dimensions round a circle, joined by lines as thick as their link. Drawn for the eye alone: the strongest are said above, and the
 * table has all.
 */
export function LinksChart({
  pairs,
  rough,
  reading,
}: {
  pairs: readonly LinkView[];
  rough: readonly string[];
  reading: Reading;
}) {
  const { view, language } = reading;
  const spots = new Map(spotsOf(view.dimensions.length).map((spot, place) => [view.dimensions[place]?.id, spot]));
  const lines = pairs.flatMap((pair) => {
    const [from, to] = [spots.get(pair.left.id), spots.get(pair.right.id)];
    if (!pair.isLine || pair.cell?.figure.kind !== "value" || !from || !to) return [];
    return [{ ...pair, from, to, correlation: pair.cell.figure.value, key: pair.cell.key }];
  });
  return (
    <svg
      className="links-chart"
      viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
      width="100%"
      aria-hidden="true"
      focusable="false"
    >
      {lines.map(({ from, to, correlation, key, left, right }) => (
        <line
          key={key}
          data-mark={key}
          className={`link ${correlation < 0 ? "link-negative" : ""} ${isRough(left, right, rough) ? "link-rough" : ""}`}
          x1={from.x}
          y1={from.y}
          x2={to.x}
          y2={to.y}
          strokeWidth={widthOf(correlation)}
        />
      ))}
      {view.dimensions.map((dimension) => {
        const spot = spots.get(dimension.id);
        return (
          spot && (
            <g key={dimension.id}>
              <circle className="link-dot" cx={spot.x} cy={spot.y} r={7} />
              <text className="link-name" x={spot.labelX} y={spot.labelY} textAnchor={spot.anchor}>
                {dimension.name[language]}
              </text>
            </g>
          )
        );
      })}
    </svg>
  );
}

function isRough(left: DimensionView, right: DimensionView, rough: readonly string[]): boolean {
  return rough.includes(left.id) || rough.includes(right.id);
}
