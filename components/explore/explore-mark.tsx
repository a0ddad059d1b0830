import { memo } from "react";
import { type Mark, WHOLE } from "../charts/dot-rows/geometry.ts";
import { ScaleMarks } from "../charts/dot-rows/whisker.tsx";

const HEIGHT = 24;

/**
 * A dot with its whisker on the whole scale, as on the picture, of as few elements as can be: a choice moves a hundred of these
 * within a frame. The line itself and everyone's mark stand still.
 */
export function ExploreMark({ mark, reference }: { mark: Mark | null; reference: Mark | null }) {
  const limits = mark !== null && mark.low !== null && mark.high !== null;
  const middle = HEIGHT / 2;
  return (
    <svg className="whisker" width="100%" height={HEIGHT} aria-hidden="true" focusable="false">
      <Still reference={reference?.x ?? null} />
      {limits && <line className="explore-limits" x1={`${mark.low}%`} x2={`${mark.high}%`} y1={middle} y2={middle} />}
      {mark && <circle className="explore-dot" cx={`${mark.x}%`} cy={middle} r={5.5} />}
    </svg>
  );
}

const Still = memo(function Still({ reference }: { reference: number | null }) {
  return (
    <>
      <ScaleMarks line={WHOLE} height={HEIGHT} />
      {reference !== null && (
        <rect className="reference" x={`${reference}%`} y={1} width={2} height={HEIGHT - 2} transform="translate(-1)" />
      )}
    </>
  );
});
