import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { PatternSheet } from "../../../components/charts/ribbon/pattern.tsx";
import { kindWordsOf, type Reading } from "../../../components/page/reading.ts";
import { sayIn } from "../../../components/words/translator.ts";
import { type Element, elementsIn, linesOf, treeOf } from "./markup.ts";
import { SCREENS, type Scene } from "./scene.ts";
import { pageStyles, stylesFor } from "./styles.ts";

/** How a scene is read: its release, in its language. */
export function readingOf({ story, language = "fi" }: Scene): Reading {
  const say = sayIn(language);
  return { view: story, language, say, kinds: kindWordsOf(say), address: { path: "/pictures/made-up", query: {} } };
}

/** What a scene draws, as the page would send it. */
export function drawn(scene: Scene): Element {
  return treeOf(renderToStaticMarkup(scene.draw(readingOf(scene))));
}

const styles = await pageStyles();
const patterns = elementsIn(treeOf(renderToStaticMarkup(createElement(PatternSheet)))).filter(
  ({ name }) => name === "defs",
);

/** A drawing as one SVG that anyone can open: as it looks on a screen of its width, with nothing beside it. */
export function goldenOf(name: string, scene: Scene, drawing: Element = drawn(scene)): string {
  const { width, viewport, margin } = SCREENS[scene.screen ?? "desk"];
  const frame: Element = {
    name: "div",
    attributes: new Map([
      ["xmlns", "http://www.w3.org/1999/xhtml"],
      ["class", "golden"],
      ["lang", scene.language ?? "fi"],
    ]),
    children: withNamespaces([...sheetFor(drawing), ...drawing.children], false),
  };
  const whole: Element = { name: "", attributes: new Map(), children: [frame] };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${scene.height}" viewBox="0 0 ${width} ${scene.height}">`,
    `  <title>${name}</title>`,
    "  <style>",
    ...stylesFor(whole, styles, viewport).map((line) => `    ${line}`),
    "  </style>",
    '  <rect width="100%" height="100%" fill="white"/>',
    `  <foreignObject overflow="visible" x="${margin}" y="${margin}" width="${width - 2 * margin}" height="${scene.height - 2 * margin}">`,
    ...linesOf(frame, 2),
    "  </foreignObject>",
    "</svg>",
    "",
  ].join("\n");
}

/** The patterns that a drawing uses, and no others. */
function sheetFor(drawing: Element): Element[] {
  const fills = new Set(elementsIn(drawing).map(({ attributes }) => attributes.get("fill")));
  const children = patterns.filter((defs) =>
    elementsIn(defs).some(({ attributes }) => fills.has(`url(#${attributes.get("id")})`)),
  );
  if (children.length === 0) return [];
  const attributes = new Map([
    ["class", "pattern-sheet"],
    ["width", "0"],
    ["height", "0"],
  ]);
  return [{ name: "svg", attributes, children }];
}

/** In a page an `svg` says by its name what it is; in a document of XML it must say it. */
function withNamespaces(children: Element["children"], inSvg: boolean): Element["children"] {
  return children.map((child) => {
    if (typeof child === "string") return child;
    const begins = child.name === "svg" && !inSvg;
    const attributes = begins
      ? new Map([["xmlns", "http://www.w3.org/2000/svg"], ...child.attributes])
      : child.attributes;
    return { ...child, attributes, children: withNamespaces(child.children, inSvg || child.name === "svg") };
  });
}
