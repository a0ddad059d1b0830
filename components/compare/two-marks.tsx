import { Circle } from "@visx/shape";
import { type Mark, WHOLE } from "../charts/dot-rows/geometry.ts";
import { ScaleMarks } from "../charts/dot-rows/whisker.tsx";

/** Which of the two sides a mark is of: 1 is filled, 2 is hollow, and each carries its number. */
export type SideNumber = 1 | 2;

const HEIGHT = 50;
const LANES = { 1: 13, 2: 37 };
const RADIUS = 7.5;
/** Half of a cap: longer than the radius, so that a limit shows even where it lies under the dot. */
const CAP = 10;

/**
 * Two figures on one line from 0 to 100, each in its own lane so that neither hides the other; between them a solid line
 * where their stored difference is settled, a dotted one where it is not, none where none is stored. Drawn for the eye
 * alone: the numbers stand in words beside it.
 */
export function TwoMarks({
  first,
  second,
  settled,
}: {
  first: Mark | null;
  second: Mark | null;
  settled: boolean | null;
}) {
  return (
    <svg className="whisker two-marks" width="100%" height={HEIGHT} aria-hidden="true" focusable="false">
      <ScaleMarks line={WHOLE} height={HEIGHT} />
      {first && second && settled !== null && (
        <line
          className={settled ? "between between-settled" : "between"}
          x1={`${first.x}%`}
          y1={LANES[1]}
          x2={`${second.x}%`}
          y2={LANES[2]}
        />
      )}
      {first && <SideMark mark={first} number={1} />}
      {second && <SideMark mark={second} number={2} />}
    </svg>
  );
}

function SideMark({ mark: { x, low, high }, number }: { mark: Mark; number: SideNumber }) {
  const y = LANES[number];
  return (
    <g className={`side-mark side-mark-${number}`}>
      {low !== null && high !== null && (
        <>
          <line className="limits" x1={`${low}%`} x2={`${high}%`} y1={y} y2={y} />
          {[low, high].map((limit, place) => (
            <line
              key={place === 0 ? "low" : "high"}
              className="limits"
              x1={`${limit}%`}
              x2={`${limit}%`}
              y1={y - CAP}
              y2={y + CAP}
            />
          ))}
        </>
      )}
      <svg x={`${x}%`} y={y} className="overflow-visible" aria-hidden="true">
        <Circle className="dot" r={RADIUS} />
        <text textAnchor="middle" y={4}>
          {number}
        </text>
      </svg>
    </g>
  );
}

/** The sign of a side beside its name: the very mark that the rows draw. */
export function SideSign({ number }: { number: SideNumber }) {
  return (
    <svg
      className={`side-sign side-mark-${number}`}
      width="20"
      height="20"
      viewBox="-10 -10 20 20"
      aria-hidden="true"
      focusable="false"
    >
      <circle className="dot" r={RADIUS} />
      <text textAnchor="middle" y={4}>
        {number}
      </text>
    </svg>
  );
}
