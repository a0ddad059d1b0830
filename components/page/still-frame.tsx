"use client";

/**
 * A still part of a page by its name. On the server it is the markup kept under that name; in the browser what came with the
 * page stays as it is, and React does not look inside.
 */
export function StillFrame({ of }: { of: string }) {
  const markup = typeof window === "undefined" ? keptMarkup(of) : "";
  return <div className="still" suppressHydrationWarning dangerouslySetInnerHTML={{ __html: markup }} />;
}

function keptMarkup(name: string): string {
  const markup = (globalThis as { stillMarkup?: Map<string, string> }).stillMarkup?.get(name);
  if (markup === undefined) throw new Error("a still part of the page was dropped before it was written");
  return markup;
}
