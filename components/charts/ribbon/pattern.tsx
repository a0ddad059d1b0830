import { PatternCircles, PatternLines } from "@visx/pattern";

/** How many groups can be told apart by pattern; a ninth starts again. */
const PATTERNS = 8;

/** The fill of a group by its place, laid over its colour: read without colour, in print and in forced colours. */
export function patternOf(place: number): string {
  return `url(#pattern-${place % PATTERNS})`;
}

/** The patterns of the page, defined once and used by every mark of a group. */
export function PatternSheet() {
  const stroke = "rgb(255 255 255 / 0.3)";
  const line = { width: 10, height: 10, stroke, strokeWidth: 2 };
  return (
    <svg className="pattern-sheet" width="0" height="0" aria-hidden="true" focusable="false">
      <PatternLines id="pattern-0" width={10} height={10} stroke="none" orientation={["vertical"]} />
      <PatternLines id="pattern-1" {...line} orientation={["vertical"]} />
      <PatternLines id="pattern-2" {...line} orientation={["diagonal"]} />
      <PatternCircles id="pattern-3" width={10} height={10} radius={1.7} fill={stroke} complement />
      <PatternLines id="pattern-4" {...line} orientation={["horizontal"]} />
      <PatternLines id="pattern-5" {...line} orientation={["diagonalRightToLeft"]} />
      <PatternLines id="pattern-6" {...line} width={12} height={12} orientation={["vertical", "horizontal"]} />
      <PatternLines id="pattern-7" {...line} width={12} height={12} orientation={["diagonal", "diagonalRightToLeft"]} />
    </svg>
  );
}
