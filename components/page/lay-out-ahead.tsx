"use client";

import { useEffect } from "react";

/** What is laid out when it comes near, as the style sheet says: the blocks of a picture, and the many small parts of some. */
const [BLOCK, SMALL] = [".picture-section", ".profile, .actor-row, .service-matrix tbody tr"];
const SMALL_AT_ONCE = 4;

/** Between two steps, and after the last until the browser has remembered what place each part takes; in milliseconds. */
const [BREATH, REST] = [10, 500];

/**
 * Lays the parts of a picture out ahead of the reader, a few at a time, so that each takes the place that it will need and none
 * keeps the page from answering; then the browser draws again only what is near. Where the window gets another size all are
 * laid out at once: whatever takes an image of the whole page gives it that size first.
 */
export function LayOutAhead() {
  useEffect(() => {
    const steps = stepsOf([...document.querySelectorAll(`.picture :is(${BLOCK}, ${SMALL})`)]);
    const all = steps.flat();
    let waiting = 0;
    const wait = (time: number, work: () => void) => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(work, time);
    };
    const letGo = () => {
      for (const part of all) part.classList.remove("laid");
    };
    const layAhead = (place: number) => {
      for (const part of steps[place] ?? []) part.classList.add("laid");
      if (place < steps.length) wait(BREATH, () => layAhead(place + 1));
      else wait(REST, letGo);
    };
    const layAll = () => {
      for (const part of all) part.classList.add("laid");
      wait(REST, letGo);
    };
    if (window.location.hash)
      layAll(); // what the address points at stays where it is
    else wait(BREATH, () => layAhead(0));
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
