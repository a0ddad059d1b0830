import { scaleLinear } from "@visx/scale";

/** A drawing with its margins, and how many years have room under it. */
export type Size = Record<"width" | "height" | "left" | "right" | "top" | "bottom" | "years", number>;

/** On a phone the drawing is as wide as the screen, so that its texts are not shrunk. */
export const WIDE: Size = { width: 760, height: 260, left: 70, right: 14, top: 12, bottom: 30, years: 8 };
export const NARROW: Size = { width: 354, height: 230, left: 62, right: 8, top: 12, bottom: 30, years: 5 };

export type Point = { x: number; y: number; place: number };

/** Where months and numbers stand: from nought, or from the least where numbers below it are drawn, to the greatest. */
export function placesOf(
  drawn: readonly (number | null)[],
  limits: readonly (number | null)[],
  { width, height, left, right, top, bottom }: Size,
): { points: Point[]; yOf: (value: number) => number; ticks: number[]; xOf: (place: number) => number } {
  const values = [...drawn, ...limits].filter((value) => value !== null);
  const y = scaleLinear<number>({
    domain: [Math.min(0, ...values), Math.max(1, ...values)],
    range: [height - bottom, top],
    nice: 4,
  });
  const tenths = (value: number) => Math.round(10 * value) / 10;
  const xOf = (place: number) =>
    tenths(
      drawn.length < 2 ? (left + width - right) / 2 : left + ((width - left - right) * place) / (drawn.length - 1),
    );
  const yOf = (value: number) => tenths(y(value));
  const points = drawn.flatMap((value, place) => (value === null ? [] : [{ x: xOf(place), y: yOf(value), place }]));
  return { points, yOf, ticks: y.ticks(4), xOf };
}

/** Runs of points without a gap: a line never crosses what is not known. */
export function runsOf(points: readonly Point[]): Point[][] {
  return points.reduce<Point[][]>((runs, point) => {
    const last = runs.at(-1);
    if (last && last.at(-1)?.place === point.place - 1) last.push(point);
    else runs.push([point]);
    return runs;
  }, []);
}
