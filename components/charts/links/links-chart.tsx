import type { LinkView } from "../../../server/findings/links.ts";
import type { Reading } from "../../page/reading.ts";
import { NotDrawn } from "../not-drawn.tsx";
import { NAME_LINE, NARROW, nameLines, type Size, type Spot, spotsOf, WIDE, widthOf } from "./geometry.ts";

type Props = { pairs: readonly LinkView[]; rough: readonly string[]; reading: Reading };

/**
 * Dimensions round a circle, joined by lines as thick as their link; what has no number is said under it. Drawn for
 * the eye alone: the strongest are said above, and the table has all. A phone has a drawing of its own width.
 */
export function LinksChart(props: Props) {
  const { pairs, reading } = props;
  const { view, language, say } = reading;
  return (
    <>
      {view.dimensions.length > 0 && (
        <>
          <Circle {...props} size={WIDE} className="links-chart links-wide" />
          <Circle {...props} size={NARROW} className="links-chart links-narrow" />
        </>
      )}
      <NotDrawn
        things={pairs.map(({ left, right, cell }) => ({
          name: `${left.name[language]} – ${right.name[language]}`,
          cell,
        }))}
        isBlank={!pairs.some(isDrawn)}
        empty={pairs.some(({ cell }) => cell?.figure.kind === "value") ? say("pages.links.noLines") : undefined}
        reading={reading}
      />
    </>
  );
}

function isDrawn({ isLine, cell }: LinkView): boolean {
  return isLine && cell?.figure.kind === "value";
}

function Circle({ pairs, rough, reading, size, className }: Props & { size: Size; className: string }) {
  const { view } = reading;
  const places = spotsOf(view.dimensions.length, size);
  const spots = new Map(view.dimensions.map(({ id }, place) => [id, places[place]]));
  return (
    <svg
      className={className}
      viewBox={`0 0 ${size.width} ${size.height}`}
      width="100%"
      aria-hidden="true"
      focusable="false"
    >
      {pairs.map((pair) => (
        <Line
          key={`${pair.left.id} ${pair.right.id}`}
          pair={pair}
          from={spots.get(pair.left.id)}
          to={spots.get(pair.right.id)}
          isRough={rough.includes(pair.left.id) || rough.includes(pair.right.id)}
        />
      ))}
      {view.dimensions.map(({ id, name }) => {
        const spot = spots.get(id);
        const lines = size.inset === null ? name[reading.language] : reading.say(`dimensions.${id}.short`);
        return (
          spot && (
            <g key={id}>
              <circle className="link-dot" cx={spot.x} cy={spot.y} r={7} />
              <Name lines={nameLines(lines, spot.anchor)} spot={spot} />
            </g>
          )
        );
      })}
    </svg>
  );
}

function Line({ pair, from, to, isRough }: { pair: LinkView; from?: Spot; to?: Spot; isRough: boolean }) {
  const { cell } = pair;
  if (!isDrawn(pair) || cell?.figure.kind !== "value" || !from || !to) return null;
  const correlation = cell.figure.value;
  return (
    <line
      data-mark={cell.key}
      className={`link ${correlation < 0 ? "link-negative" : ""} ${isRough ? "link-rough" : ""}`}
      x1={from.x}
      y1={from.y}
      x2={to.x}
      y2={to.y}
      strokeWidth={widthOf(correlation)}
    />
  );
}

function Name({ lines, spot }: { lines: string[]; spot: Spot }) {
  const first = spot.labelY - Math.round((lines.length - 1) * NAME_LINE * spot.lift);
  return (
    <text className="link-name" textAnchor={spot.anchor}>
      {lines.map((line, place) => (
        <tspan key={line} x={spot.labelX} y={first + place * NAME_LINE}>
          {line}
        </tspan>
      ))}
    </text>
  );
}
