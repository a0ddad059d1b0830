import { Group as Shift } from "@visx/group";
import { Bar } from "@visx/shape";
import type { Group } from "../../../server/findings/view.ts";

type Props = { group: Pick<Group, "variable" | "code" | "place" | "of">; radius?: number };

/**
 * What marks a group without colour, on a white ground around the origin: a segment's letter, the number of low
 * dimensions, and for a level a meter that is filled up to it. Levels are an order, so they carry no letters.
 */
export function GroupSign({ group, radius = 14 }: Props) {
  if (group.variable !== "band")
    return (
      <>
        <circle className="letter-ground" r={radius} />
        <text className={group.code.length > 1 ? "letter letter-long" : "letter"} y={6.2} textAnchor="middle">
          {group.code}
        </text>
      </>
    );
  return (
    <>
      <circle className="letter-ground" r={radius} />
      <Shift left={-WIDTH / 2} top={-HEIGHT / 2}>
        {meterSteps(group).map(({ y, filled }) => (
          <Bar key={y} className={filled ? "meter-filled" : "meter-empty"} y={y} width={WIDTH} height={STEP} />
        ))}
      </Shift>
    </>
  );
}

const WIDTH = 11;
const STEP = 2.4;
const GAP = 1.3;
const LEVELS = 5;
const HEIGHT = LEVELS * STEP + (LEVELS - 1) * GAP;

/** The steps of the meter from the top down: those at and under the level are filled. `place` 0 is the highest level. */
function meterSteps({ code }: Pick<Group, "code">): { y: number; filled: boolean }[] {
  return Array.from({ length: LEVELS }, (_, step) => ({
    y: step * (STEP + GAP),
    filled: LEVELS - step <= Number(code),
  }));
}
