"use client";

import { type FormEvent, type MouseEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { keepInAddress } from "../page/keep-in-address.ts";

type Props = {
  /** The id of the part that is exchanged. */
  part: string;
  words: { loading: string; ready: string };
  children: ReactNode;
};

/**
 * Exchanges a comparison for another: the link or the form inside it that asks for it is followed, and of the page that comes only
 * that part is put in. The reader keeps place and focus, hears what it says now, and the address carries the choice, so back and
 * forward work. Without script, or where the page does not come, the link or the form is followed as any other.
 */
export function Exchange({ part, words, children }: Props) {
  const asked = useRef("");
  const [state, setState] = useState<"still" | "asking" | "ready">("still");

  useEffect(() => {
    asked.current = window.location.search;
    const onPopState = () => {
      if (window.location.search !== asked.current) exchange(new URL(window.location.href));
    };
    window.addEventListener("popstate", onPopState);
    return () => window.removeEventListener("popstate", onPopState);
  });

  async function exchange(address: URL) {
    asked.current = address.search;
    setState("asking");
    const answer = await fetch(address).catch(() => null);
    const fresh = answer?.ok ? partOf(new DOMParser().parseFromString(await answer.text(), "text/html")) : null;
    const old = partOf(document);
    if (asked.current !== address.search) return;
    if (!fresh || !old) return window.location.assign(address);
    const from = document.activeElement;
    const place = old.contains(from) ? (from?.closest("form") ? "form button" : 'nav a[aria-current="true"]') : null;
    old.replaceWith(fresh);
    if (place) fresh.querySelector<HTMLElement>(place)?.focus({ preventScroll: true });
    setState("ready");
  }

  function partOf(page: Document) {
    return page.getElementById(part);
  }

  function follow(compare: string) {
    keepInAddress({ compare }, { anchor: part });
    exchange(new URL(window.location.href));
  }

  function onClick(event: MouseEvent) {
    const link = (event.target as Element).closest<HTMLElement>("a[data-asked]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    follow(link.dataset.asked ?? "");
  }

  function onSubmit(event: FormEvent) {
    const form = new FormData(event.target as HTMLFormElement);
    event.preventDefault();
    follow(["compare", "first", "second"].map((name) => form.get(name)).join(":"));
  }

  const finding = () => partOf(document)?.querySelector("h2")?.textContent ?? "";
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what it listens to are links and a form inside.
    // biome-ignore lint/a11y/useKeyWithClickEvents: a key on a link is a click.
    <div className="exchange" aria-busy={state === "asking"} onClick={onClick} onSubmit={onSubmit}>
      {children}
      <p role="status" className="compare-status">
        {state === "asking" && words.loading}
        {state === "ready" && <span className="sr-only">{words.ready.replace("{finding}", finding())}</span>}
      </p>
    </div>
  );
}
