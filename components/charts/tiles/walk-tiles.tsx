"use client";

import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef } from "react";
import { keepInAddress } from "../../page/keep-in-address.ts";

/**
 * Walks a map of tiles: one tab stop, arrows go over the grid, Enter or a click chooses a tile, whose numbers then stand in the
 * panel; Escape clears. The address carries the choice. Without script every tile is a link that asks the page for the same.
 *
 * It only listens: each tile says where an arrow leads (`data-ArrowUp` …), and what its panel holds is a template beside it.
 */
export function WalkTiles({ children }: { children: ReactNode }) {
  const root = useRef<HTMLDivElement>(null);
  const tiles = () => [...(root.current?.querySelectorAll<HTMLElement>("a[data-tile]") ?? [])];
  const chosen = () => tiles().find((tile) => tile.ariaCurrent === "true");

  useEffect(() => {
    const all = [...(root.current?.querySelectorAll<HTMLElement>("a[data-tile]") ?? [])];
    const stop = all.find((tile) => tile.ariaCurrent === "true") ?? all[0];
    for (const tile of all) tile.tabIndex = tile === stop ? 0 : -1;
  }, []);

  function standOn(tile: HTMLElement) {
    for (const one of tiles()) one.tabIndex = one === tile ? 0 : -1;
    tile.focus();
  }

  function choose(tile: HTMLElement | null) {
    const code = tile?.dataset.tile;
    for (const one of tiles()) one.ariaCurrent = one === tile ? "true" : null;
    const template = root.current?.querySelector<HTMLTemplateElement>(
      `template[data-panel="${CSS.escape(code ?? "")}"]`,
    );
    const panel = root.current?.querySelector(".tile-panel");
    if (template) panel?.replaceChildren(template.content.cloneNode(true));
    keepInAddress({ place: code ?? null });
  }

  function onClick(event: MouseEvent) {
    const target = event.target as Element;
    if (target.closest(".tile-clear")) return leave();
    const tile = target.closest<HTMLElement>("a[data-tile]");
    if (!tile || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const again = tile === chosen();
    standOn(tile);
    choose(again ? null : tile);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape" && chosen()) return leave();
    const tile = (event.target as Element).closest<HTMLElement>("a[data-tile]");
    if (!tile || !event.key.startsWith("Arrow") || event.altKey || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    const next = tiles().find((one) => one.dataset.tile === tile.getAttribute(`data-${event.key.toLowerCase()}`));
    if (next) standOn(next);
  }

  /** The button goes with the choice; who pressed it stands on the tile again. */
  function leave() {
    const tile = chosen();
    choose(null);
    if (tile) standOn(tile);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the tiles inside are links; this only listens to them.
    <div ref={root} className="still" onClick={onClick} onKeyDown={onKeyDown}>
      {children}
    </div>
  );
}
