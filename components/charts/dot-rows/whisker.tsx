import { Bar, Circle } from "@visx/shape";
import type { Language } from "../../../data/contracts/names.ts";
import { decimalNumber, signedNumber } from "../../figures/format.ts";
import { type Mark, placeOn, type ScaleLine, WHOLE } from "./geometry.ts";

export type WhiskerMark = {
  mark: Mark;
  look: "now" | "bar" | "register" | "weighted" | "weighs" | "lifts";
  tone?: string;
};

type Props = { marks: WhiskerMark[]; reference?: Mark | null; height?: number; line?: ScaleLine };

/**
 * One line with its dots and whiskers. Drawn for the eye alone: the numbers stand in words beside it.
 * Percentages keep the marks in place at any width, so that nothing shrinks on a phone.
 */
export function Whisker({ marks, reference, height = 24, line = WHOLE }: Props) {
  const middle = height / 2;
  return (
    <svg className="whisker" width="100%" height={height} aria-hidden="true" focusable="false">
      <ScaleMarks line={line} height={height} />
      {reference && (
        <Bar
          className="reference"
          x={`${reference.x}%`}
          y={1}
          width={2}
          height={height - 2}
          transform="translate(-1)"
        />
      )}
      {marks.map((mark) => (
        <Dot key={mark.look} {...mark} middle={middle} />
      ))}
    </svg>
  );
}

/** The line itself with its ticks, and a longer one at nought where it has two sides; one path, since a page holds hundreds. */
export function ScaleMarks({ line, height }: { line: ScaleLine; height: number }) {
  const middle = height / 2;
  const ticks = line.ticks.map((tick) => `M${placeOn(line, tick)} ${middle - 4}v8`);
  return (
    <svg
      width="100%"
      height={height}
      viewBox={`0 0 100 ${height}`}
      preserveAspectRatio="none"
      className="scale-marks"
      aria-hidden="true"
    >
      <path className="track" d={`M0 ${middle}h100${ticks.join("")}`} />
      {line.from < 0 && <path className="zero" d={`M${placeOn(line, 0)} 0v${height}`} />}
    </svg>
  );
}

/** A dot, or a bar as long as the interval; limits end in caps, so that a short whisker still shows beside its dot. */
function Dot({ mark, look, tone = "", middle }: WhiskerMark & { middle: number }) {
  const { low, high } = mark;
  const limits = low !== null && high !== null;
  return (
    <g className={`mark mark-${look} ${tone}`}>
      {limits && <line className="limits" x1={`${low}%`} x2={`${high}%`} y1={middle} y2={middle} />}
      {limits && ["now", "weighs", "lifts"].includes(look) && (
        <>
          <line className="cap" x1={`${low}%`} x2={`${low}%`} y1={middle - 6} y2={middle + 6} />
          <line className="cap" x1={`${high}%`} x2={`${high}%`} y1={middle - 6} y2={middle + 6} />
        </>
      )}
      {look === "register" && (
        <rect className="dot" x={`${mark.x}%`} y={middle - 8} width={4} height={16} transform="translate(-2)" />
      )}
      {look === "weighted" && <Circle className="dot" cx={`${mark.x}%`} cy={middle} r={5} />}
      {(look === "weighs" || look === "lifts") && (
        <svg x={`${mark.x}%`} y={middle} className="overflow-visible" aria-hidden="true">
          <path className="dot" d={look === "weighs" ? "M-8 0L6-7V7Z" : "M8 0L-6-7V7Z"} />
        </svg>
      )}
      {look === "now" && <Circle className="dot" cx={`${mark.x}%`} cy={middle} r={5.5} />}
      {look === "bar" && !limits && <Circle className="dot" cx={`${mark.x}%`} cy={middle} r={4} />}
    </g>
  );
}

/** The numbers of the line, once above its rows. */
export function WhiskerAxis({ line = WHOLE, language }: { line?: ScaleLine; language: Language }) {
  const write = (tick: number) =>
    line.from < 0 && tick !== 0 ? signedNumber(tick, "count", language) : decimalNumber(tick, 0, language);
  return (
    <svg className="axis" width="100%" height={20} aria-hidden="true" focusable="false">
      {line.ticks.map((tick, place) => (
        <text
          key={tick}
          x={`${placeOn(line, tick)}%`}
          y={14}
          textAnchor={place === 0 ? "start" : place === line.ticks.length - 1 ? "end" : "middle"}
        >
          {write(tick)}
        </text>
      ))}
    </svg>
  );
}
