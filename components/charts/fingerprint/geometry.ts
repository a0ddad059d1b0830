import type { Versus } from "../../../data/contracts/cell.ts";

/** How strongly a cell is coloured: by the size of a difference, and only where it is settled. */
export type Tone = "plain" | "up-1" | "up-2" | "up-3" | "down-1" | "down-2" | "down-3";

/** Fixed steps of the 0–100 scale, so that a colour means the same in every picture. */
const STEPS = [6, 12];

export function toneOf(versus: Versus | null): Tone {
  if (!versus?.settled || versus.difference === 0) return "plain";
  const step = (1 + STEPS.filter((limit) => Math.abs(versus.difference) >= limit).length) as 1 | 2 | 3;
  return versus.difference > 0 ? `up-${step}` : `down-${step}`;
}
