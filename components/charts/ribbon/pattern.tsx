import { PatternCircles, PatternLines } from "@visx/pattern";

/** The patterns of the page, defined once and used by every mark of a group: read without colour, and in print. */
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
      {STEPS.map(({ apart, stroke: shade }, step) => (
        <PatternLines
          key={apart}
          id={`pattern-step-${step}`}
          width={apart}
          height={apart}
          stroke={shade}
          strokeWidth={1.5}
          orientation={["diagonal"]}
        />
      ))}
    </svg>
  );
}

/** Steps of one scale: the same lines, the denser the further. */
const STEPS = [
  { apart: 60, stroke: "none" },
  { apart: 22, stroke: "rgb(0 31 82 / 0.28)" },
  { apart: 14, stroke: "rgb(0 31 82 / 0.28)" },
  { apart: 9, stroke: "rgb(255 255 255 / 0.28)" },
  { apart: 6, stroke: "rgb(255 255 255 / 0.3)" },
];
