import type { ReactNode } from "react";

/**
 * What is read by those who open it: as text until then, since thousands of cells that nobody has asked for would hold up the page.
 * Where no script runs it is there at once; else `Unfold` puts it in.
 */
export function Folded({
  className,
  summary,
  children,
}: {
  className: string;
  summary: ReactNode;
  children: ReactNode;
}) {
  return (
    <details className={className}>
      <summary>{summary}</summary>
      <noscript>{children}</noscript>
    </details>
  );
}
