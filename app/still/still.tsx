import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { ReactNode } from "react";
import type { renderToStaticMarkup } from "react-dom/server";
import { StillFrame } from "../../components/page/still-frame.tsx";
import { keepMarkup } from "./kept-markup.ts";

/**
 * A part of a page that is drawn once, on the server, and never again: it reaches the browser as markup alone. As components it
 * would come twice, the second time as what React would need to draw it anew, and React would walk through all of it before
 * the page answers a hand.
 *
 * Nothing inside may be a component of the browser; what listens to its marks stands around it.
 */
export function Still({ children }: { children: ReactNode }) {
  const markup = staticMarkup(children);
  const of = createHash("sha256").update(markup).digest("base64url").slice(0, 22);
  keepMarkup(of, markup);
  return <StillFrame of={of} />;
}

/**
 * React's own renderer to markup. Pages are built for a React without it, so it is taken from the packages when it is needed; it
 * reads the same elements.
 */
function staticMarkup(children: ReactNode): string {
  const packages = createRequire(join(process.cwd(), "package.json"));
  const renderer = packages("react-dom/server") as { renderToStaticMarkup: typeof renderToStaticMarkup };
  return renderer.renderToStaticMarkup(children);
}
