import { Bar, Circle, Line } from "@visx/shape";
import { type Mark, TICKS } from "./geometry.ts";

export type WhiskerMark = { mark: Mark; look: "now" | "before" | "quiet" | "register" | "weighted"; tone?: string };

/**
 * One line from 0 to 100 with its dots and whiskers. Drawn for the eye alone: the numbers stand in words beside it.
 * Percentages keep the marks in place at any width, so that nothing shrinks on a phone.
 */
export function Whisker({ marks, reference, height = 24 }: { marks: WhiskerMark[]; reference?: Mark | null; height?: number }) {
  const middle = height / 2;
  return (
    <svg className="whisker" width="100%" height={height} aria-hidden="true" focusable="false">
      {TICKS.map((tick) => (
        <line key={tick} className="tick" x1={`${tick}%`} x2={`${tick}%`} y1={middle - 4} y2={middle + 4} />
      ))}
      <Line className="track" from={{ x: 0, y: middle }} to={{ x: "100%" as unknown as number, y: middle }} />
      {reference && <Bar className="reference" x={`${reference.x}%`} y={1} width={2} height={height - 2} transform="translate(-1)" />}
      {marks.map(({ mark, look, tone }) => (
        <g key={look} className={`mark mark-${look} ${tone ?? ""}`}>
          {mark.low !== null && mark.high !== null && (
            <line className="limits" x1={`${mark.low}%`} x2={`${mark.high}%`} y1={middle} y2={middle} />
          )}
          {look === "register" ? (
            <rect className="dot" x={`${mark.x}%`} y={middle - 7} width={4} height={14} transform="translate(-2)" />
          ) : (
            <Circle className="dot" cx={`${mark.x}%`} cy={middle} r={look === "before" || look === "weighted" ? 5 : 6} />
          )}
        </g>
      ))}
    </svg>
  );
}

/** The numbers of the line, once above or below its rows. */
export function WhiskerAxis() {
  return (
    <svg className="axis" width="100%" height={20} aria-hidden="true" focusable="false">
      {TICKS.map((tick) => (
        <text key={tick} x={`${tick}%`} y={14} textAnchor={tick === 0 ? "start" : tick === 100 ? "end" : "middle"}>
          {tick}
        </text>
      ))}
    </svg>
  );
}
