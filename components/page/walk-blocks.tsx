"use client";

import { useEffect } from "react";

/** What moves by arrows of its own, or is written into. */
const OWN_ARROWS = "input, select, textarea, a.group-card, a[data-tile], summary";

/**
 * Walks the blocks of a picture on a big screen: an arrow to the side or a presenter's page key, Home and End; up and down scroll. The block's finding comes to the top and has
 * the focus, so that it is read out as well.
 */
export function WalkBlocks() {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || (event.target as Element).closest?.(OWN_ARROWS)) return;
      const blocks = [
        ...document.querySelectorAll<HTMLElement>(".picture.on-screen :is(.picture-header, .picture-section)"),
      ];
      const here = placeOf(blocks);
      const next = {
        ArrowRight: here + 1,
        PageDown: here + 1,
        ArrowLeft: here - 1,
        PageUp: here - 1,
        Home: 0,
        End: blocks.length - 1,
      }[event.key];
      const block = next === undefined ? undefined : blocks[Math.max(0, Math.min(blocks.length - 1, next))];
      if (!block) return;
      event.preventDefault();
      block.scrollIntoView({ block: "start", behavior: "instant" });
      const heading = block.querySelector<HTMLElement>("h1, h2");
      heading?.setAttribute("tabindex", "-1");
      heading?.focus({ preventScroll: true });
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return null;
}

/** The last block that has come to the top of the screen. */
function placeOf(blocks: HTMLElement[]): number {
  const passed = blocks.filter((block) => block.getBoundingClientRect().top < window.innerHeight / 4).length;
  return Math.max(0, passed - 1);
}
