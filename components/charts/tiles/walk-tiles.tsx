"use client";

import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { keepInAddress } from "../../page/keep-in-address.ts";
import type { Arrow } from "./geometry.ts";

type Props = {
  initial: string | null;
  /** Which tile each arrow goes to, from each tile. */
  moves: Record<string, Partial<Record<Arrow, string>>>;
  first: string;
  panels: Record<string, ReactNode>;
  /** What stands in the panel until a tile is chosen. */
  start: ReactNode;
  clear: string;
  children: ReactNode;
};

/**
 * Walks a map of tiles: one tab stop, arrows go over the grid, Enter or a click chooses a tile, whose numbers then stand in the
 * panel; Escape clears. The address carries the choice. Without script every tile is a link that asks the page for the same.
 */
export function WalkTiles({ initial, moves, first, panels, start, clear, children }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState(initial);
  const [here, setHere] = useState(initial ?? first);

  useEffect(() => {
    for (const tile of root.current?.querySelectorAll<HTMLElement>("a[data-tile]") ?? []) {
      tile.tabIndex = tile.dataset.tile === here ? 0 : -1;
      if (tile.dataset.tile === chosen) tile.setAttribute("aria-current", "true");
      else tile.removeAttribute("aria-current");
    }
  }, [here, chosen]);

  function choose(code: string | null) {
    setChosen(code);
    keepInAddress({ place: code });
  }

  function onClick(event: MouseEvent) {
    const code = (event.target as Element).closest<HTMLElement>("a[data-tile]")?.dataset.tile;
    if (!code || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    setHere(code);
    choose(code === chosen ? null : code);
  }

  function onKeyDown(event: KeyboardEvent) {
    const code = (event.target as Element).closest<HTMLElement>("a[data-tile]")?.dataset.tile;
    if (event.key === "Escape" && chosen !== null) return choose(null);
    if (!code || !event.key.startsWith("Arrow") || event.altKey || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    const next = moves[code]?.[event.key as Arrow];
    if (next === undefined) return;
    setHere(next);
    focusOn(next);
  }

  function focusOn(code: string) {
    root.current?.querySelector<HTMLElement>(`a[data-tile="${CSS.escape(code)}"]`)?.focus();
  }

  /** The button goes with the choice; who pressed it stands on the tile again. */
  function leave() {
    choose(null);
    focusOn(here);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the tiles inside are links; this only listens to them.
    <div ref={root} className="tiles-and-panel" onClick={onClick} onKeyDown={onKeyDown}>
      {children}
      <div className="tile-panel" role="status">
        {chosen === null ? start : panels[chosen]}
        {chosen !== null && (
          <button type="button" className="tile-clear" onClick={leave}>
            {clear}
          </button>
        )}
      </div>
    </div>
  );
}
