import type { ReactNode } from "react";
import type { Reading } from "../../../components/page/reading.ts";
import type { Language } from "../../../data/contracts/names.ts";
import type { Story } from "../../../server/findings/story.ts";

/** The states that every chart is drawn in. */
export const STATES = [
  "ordinary",
  "settled",
  "unsettled",
  "few",
  "most",
  "uncertain",
  "not-asked",
  "not-yet",
  "protected",
  "absent",
  "flagged",
  "one-group",
  "most-groups",
  "long-names",
  "ends",
  "nothing",
] as const;
export type State = (typeof STATES)[number];

/** A chart in one state: the made-up release, how the chart is drawn of it, and what must then be seen. */
export type Scene = {
  story: Story;
  draw: (reading: Reading) => ReactNode;
  /** How many marks are drawn, by the release and not by the chart. */
  marks: number;
  /** Of the drawing, in pixels. */
  height: number;
  language?: Language;
  screen?: keyof typeof SCREENS;
};

/** A chart in all its states. A state that it cannot be in has a sentence that says why. */
export type Chart = {
  name: string;
  /** The classes of its marks: each stands for one number. */
  marks: string[];
  scenes: Record<State, Scene | string> & { phone?: Scene };
};

/** The screens that goldens are drawn for; the viewport is the width that the stylesheet goes by. */
export const SCREENS = {
  desk: { width: 1100, viewport: 1280, margin: 24 },
  phone: { width: 390, viewport: 390, margin: 18 },
};

export const KINDS = ["few", "most", "uncertain", "not-asked", "not-yet", "protected", "absent"] as const;
export type Kind = (typeof KINDS)[number];

/** A scene of each kind of "no number". */
export function scenesOfKinds(scene: (kind: Kind) => Scene): Record<Kind, Scene> {
  return Object.fromEntries(KINDS.map((kind) => [kind, scene(kind)])) as Record<Kind, Scene>;
}
