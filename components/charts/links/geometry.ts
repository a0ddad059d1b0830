/**
 * A dimension on the circle: where its dot stands, and where its name does, in the units of the drawing. `lift` is how
 * much of a name of more lines stands higher: all of it at the top of the circle, none at its bottom.
 */
export type Spot = {
  x: number;
  y: number;
  labelX: number;
  labelY: number;
  anchor: "start" | "middle" | "end";
  lift: number;
};

/** A drawing, and how far the middles of names stay from its sides; null where names stand beside the circle. */
export type Size = { width: number; height: number; radius: number; inset: number | null };

/** On a phone the drawing is as wide as the screen, so that its names are not shrunk: they stand over and under dots. */
export const WIDE: Size = { width: 780, height: 440, radius: 160, inset: null };
export const NARROW: Size = { width: 354, height: 340, radius: 122, inset: 54 };

/** Dimensions in their fixed order round a circle from the top, so that pictures compare. */
export function spotsOf(count: number, size: Size): Spot[] {
  const { width, height, radius } = size;
  return Array.from({ length: count }, (_, place) => {
    const turn = (2 * Math.PI * place) / count - Math.PI / 2;
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    return {
      x: Math.round(width / 2 + radius * cos),
      y: Math.round(height / 2 + radius * sin),
      ...labelAt(cos, sin, size),
      lift: Math.round(5 * (1 - sin)) / 10,
    };
  });
}

function labelAt(cos: number, sin: number, { width, height, radius, inset }: Size) {
  if (inset === null) {
    const anchor: Spot["anchor"] = Math.abs(cos) < 0.2 ? "middle" : cos > 0 ? "start" : "end";
    return {
      labelX: Math.round(width / 2 + (radius + 18) * cos),
      labelY: Math.round(height / 2 + (radius + 22) * sin + 5),
      anchor,
    };
  }
  const outward = width / 2 + 1.25 * radius * cos;
  return {
    labelX: Math.round(Math.min(width - inset, Math.max(inset, outward))),
    labelY: Math.round(height / 2 + radius * sin) + (sin < 0.1 ? -14 : 25),
    anchor: "middle" as const,
  };
}

/** From one line of a name to the next, and the letters that a line has room for: above or below the circle, beside it. */
export const NAME_LINE = 20;
const LETTERS = { middle: 46, start: 23, end: 23 };

/** A name in lines that fit in the wide drawing; a single word is not broken. */
export function nameLines(name: string, anchor: Spot["anchor"]): string[] {
  const lines: string[] = [];
  for (const word of name.split(" ")) {
    const longer = `${lines.at(-1) ?? ""} ${word}`.trim();
    if (lines.length > 0 && longer.length <= LETTERS[anchor]) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** A line's width: 1 at the least correlation that is drawn, .10, and 14 at 1. */
export function widthOf(correlation: number): number {
  return Math.round(10 + 130 * Math.min(1, Math.max(0, (Math.abs(correlation) - 0.1) / 0.9))) / 10;
}
