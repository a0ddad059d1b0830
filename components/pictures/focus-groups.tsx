"use client";

import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef, useState } from "react";
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
  const [focus, setFocus] = useState(initial);
  const [touched, setTouched] = useState(false);

  useEffect(() => {
    for (const element of root.current?.querySelectorAll<SVGElement | HTMLElement>("[data-segment]") ?? []) {
      const on = element.dataset.segment === focus;
      element.toggleAttribute("data-on", on);
      if (on && element instanceof HTMLDetailsElement) element.open = true;
      if (element.tagName === "A") {
        if (on) element.setAttribute("aria-current", "true");
        else element.removeAttribute("aria-current");
      }
    }
  }, [focus]);

  function choose(code: string | null) {
    setFocus(code);
    setTouched(true);
    keepInAddress({ segment: code });
  }

  function onClick(event: MouseEvent) {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const marked = (event.target as Element).closest<HTMLElement>("[data-segment]");
    const code = marked?.dataset.segment;
    if (!marked || !code || !(marked.tagName === "A" || marked.tagName === "g")) return;
    event.preventDefault();
    choose(code === focus ? null : code);
  }

  function onKeyDown(event: KeyboardEvent) {
    const card = (event.target as Element).closest<HTMLElement>("a[data-segment]");
    if (event.key === "Escape" && focus !== null) return choose(null);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!card || !step) return;
    event.preventDefault();
    const place = groups.indexOf(card.dataset.segment ?? "");
    const next = groups[(place + step + groups.length) % groups.length];
    if (next === undefined) return;
    root.current?.querySelector<HTMLElement>(`a[data-segment="${CSS.escape(next)}"]`)?.focus();
    choose(next);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the cards inside are links; this only listens to them.
    <div ref={root} className="focus-groups" data-focus={focus ?? undefined} onClick={onClick} onKeyDown={onKeyDown}>
      <p role="status" className="sr-only">
        {touched ? (focus === null ? cleared : announce[focus]) : ""}
      </p>
      {children}
    </div>
  );
}
