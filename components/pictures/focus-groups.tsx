"use client";

import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { afterPaint } from "../page/after-paint.ts";
import { keepInAddress } from "../page/keep-in-address.ts";

type Props = {
  initial: string | null;
  groups: string[];
  announce: Record<string, string>;
  cleared: string;
  children: ReactNode;
};

/**
 * Focuses a group everywhere on the picture: by a click on any of its marks, by arrow keys on its card. The address
 * carries the choice. Without script the cards are links that ask the page for the same.
 */
export function FocusGroups({ initial, groups, announce, cleared, children }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const focus = useRef(initial);
  const [said, setSaid] = useState("");

  useEffect(() => {
    if (root.current && initial !== null) mark(root.current, initial);
  }, [initial]);

  /** What is seen changes at once; what is told and the address, when it has been painted. */
  function choose(code: string | null) {
    focus.current = code;
    if (root.current) mark(root.current, code);
    afterPaint(() => {
      setSaid(code === null ? cleared : (announce[code] ?? ""));
      keepInAddress({ segment: code });
    });
  }

  function onClick(event: MouseEvent) {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const marked = (event.target as Element).closest<HTMLElement>("[data-segment]");
    const code = marked?.dataset.segment;
    if (!marked || !code || !(marked.tagName === "A" || marked.tagName === "g")) return;
    event.preventDefault();
    choose(code === focus.current ? null : code);
  }

  function onKeyDown(event: KeyboardEvent) {
    const card = (event.target as Element).closest<HTMLElement>("a[data-segment]");
    if (event.key === "Escape" && focus.current !== null) return choose(null);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!card || !step) return;
    event.preventDefault();
    const place = groups.indexOf(card.dataset.segment ?? "");
    const next = groups[(place + step + groups.length) % groups.length];
    if (next === undefined) return;
    choose(next);
    root.current?.querySelector<HTMLElement>(`a[data-segment="${CSS.escape(next)}"]`)?.focus();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the cards inside are links; this only listens to them.
    <div
      ref={root}
      className="focus-groups"
      data-focus={initial === null ? undefined : ""}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      <p role="status" className="sr-only">
        {said}
      </p>
      {children}
    </div>
  );
}

/** Marks what is of a group and unmarks the rest; no group is in focus when there is none. */
function mark(picture: HTMLElement, focus: string | null) {
  picture.toggleAttribute("data-focus", focus !== null);
  for (const element of picture.querySelectorAll<SVGElement | HTMLElement>("[data-segment]")) {
    const on = element.dataset.segment === focus;
    element.toggleAttribute("data-on", on);
    if (on && element instanceof HTMLDetailsElement) element.open = true;
    if (element.tagName !== "A") continue;
    if (on) element.setAttribute("aria-current", "true");
    else element.removeAttribute("aria-current");
  }
}
