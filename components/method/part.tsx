import type { ReactNode } from "react";
import type { Reading } from "../page/reading.ts";

/** The parts of a method card, in their order. */
export const PARTS = [
  "data",
  "scores",
  "measures",
  "segments",
  "intervals",
  "comparisons",
  "drivers",
  "services",
  "people",
  "links",
  "skills",
  "series",
  "protection",
  "limits",
  "owner",
  "versions",
  "tools",
  "wrong",
  "downloads",
] as const;

export function Part({ id, reading, children }: { id: (typeof PARTS)[number]; reading: Reading; children: ReactNode }) {
  return (
    <section id={id} aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`}>{reading.say(`method.${id}.heading`)}</h2>
      {children}
    </section>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A long table, folded. */
export function Folded({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <details className="more">
      <summary>{summary}</summary>
      {children}
    </details>
  );
}

export function isWeighted({ view }: Reading): boolean {
  return view.cells.release.inputs.every(({ role, weighted }) => role !== "survey" || weighted);
}
