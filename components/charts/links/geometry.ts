/** A dimension on the circle: where its dot stands, and where its name does, in the units of the drawing. */
export type Spot = { x: number; y: number; labelX: number; labelY: number; anchor: "start" | "middle" | "end" };

/** The drawing: a square that the circle stands in, with room for names. */
export const SIZE = { width: 780, height: 440, radius: 160 } as const;

/** Dimensions in their fixed order round a circle from the top, so that pictures compare. */
export function spotsOf(count: number): Spot[] {
  const { width, height, radius } = SIZE;
  return Array.from({ length: count }, (_, place) => {
    const turn = (2 * Math.PI * place) / count - Math.PI / 2;
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    return {
      x: Math.round(width / 2 + radius * cos),
      y: Math.round(height / 2 + radius * sin),
      labelX: Math.round(width / 2 + (radius + 18) * cos),
      labelY: Math.round(height / 2 + (radius + 22) * sin + 5),
      anchor: Math.abs(cos) < 0.2 ? "middle" : cos > 0 ? "start" : "end",
    };
  });
}

/** A line's width: 1 at the least correlation that is drawn, .10, and 14 at 1. */
export function widthOf(correlation: number): number {
  return Math.round(10 + 130 * Math.min(1, Math.max(0, (Math.abs(correlation) - 0.1) / 0.9))) / 10;
}
