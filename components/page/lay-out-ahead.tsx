"use client";

import { useEffect } from "react";

/** What waits to be laid out until it comes near, as the style sheet says: a picture's blocks, and the many small parts of some. */
const [BLOCK, SMALL] = [".picture-section", ".actor-row, .service-matrix tbody tr"];
const SMALL_AT_ONCE = 4;
/** Milliseconds between two steps. */
const BREATH = 10;

/**
 * Lays a picture out ahead of the reader, a little at a time, so that the page answers meanwhile. At once where the address points
 * into the page, since that stays where it is, and where the window gets another size: whatever takes an image of the whole page
 * gives it one.
 */
export function LayOutAhead() {
  useEffect(() => {
    const steps = stepsOf([...document.querySelectorAll(`.picture :is(${BLOCK}, ${SMALL})`)]);
    let waiting = 0;
    const lay = (parts: Element[]) => {
      for (const part of parts) part.classList.add("laid");
    };
    const layFrom = (place: number) => {
      lay(steps[place] ?? []);
      if (place < steps.length) waiting = window.setTimeout(() => layFrom(place + 1), BREATH);
    };
    const layAll = () => lay(steps.flat());
    if (window.location.hash) layAll();
    else layFrom(0);
    window.addEventListener("resize", layAll);
    return () => {
      window.clearTimeout(waiting);
      window.removeEventListener("resize", layAll);
    };
  }, []);
  return null;
}

function stepsOf(parts: Element[]): Element[][] {
  return parts.reduce<Element[][]>((steps, part) => {
    const last = steps.at(-1);
    if (part.matches(SMALL) && last?.[0]?.matches(SMALL) && last.length < SMALL_AT_ONCE) last.push(part);
    else steps.push([part]);
    return steps;
  }, []);
}
