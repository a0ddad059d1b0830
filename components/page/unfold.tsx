"use client";

import { useEffect } from "react";
import { afterPaint } from "./after-paint.ts";

/** Puts what is folded into the page when it is opened; that it is open shows first. */
export function Unfold() {
  useEffect(() => {
    const onToggle = ({ target }: Event) => {
      if (target instanceof HTMLDetailsElement && target.open) afterPaint(() => unfold(target));
    };
    for (const opened of document.querySelectorAll("details[open]")) unfold(opened);
    document.addEventListener("toggle", onToggle, { capture: true }); // it does not bubble
    return () => document.removeEventListener("toggle", onToggle, { capture: true });
  }, []);
  return null;
}

/** A page's own parser leaves it as text; in a part that has been fetched it is elements already. */
function unfold(details: Element): void {
  const folded = details.querySelector(":scope > noscript");
  if (!folded) return;
  const template = document.createElement("template");
  template.innerHTML = folded.textContent ?? "";
  folded.replaceWith(...(folded.children.length > 0 ? folded.childNodes : [template.content]));
}
