/** Markup as a tree, so that a scene can be asked what it draws, and written out one element a line. */
export type Element = { name: string; attributes: Map<string, string>; children: (Element | string)[] };

const TOKEN = /<\/([\w-]+)>|<([\w-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/gy;

/** The tree of what React writes: every attribute quoted, every element closed. Anything else is a fault. */
export function treeOf(markup: string): Element {
  const root: Element = { name: "", attributes: new Map(), children: [] };
  const open = [root];
  let end = 0;
  for (const token of markup.matchAll(TOKEN)) {
    const [whole, closed, opened, attributes = "", empty, text] = token;
    if (token.index !== end) break;
    end += whole.length;
    const inside = open.at(-1) as Element;
    if (text !== undefined) inside.children.push(text);
    else if (closed !== undefined) {
      if (open.pop()?.name !== closed) throw new Error(`</${closed}> closes nothing.`);
    } else if (opened !== undefined) {
      const element: Element = { name: opened, attributes: new Map(), children: [] };
      for (const [, name = "", value = ""] of attributes.matchAll(/([\w:-]+)="([^"]*)"/g))
        element.attributes.set(name, value);
      inside.children.push(element);
      if (!empty) open.push(element);
    }
  }
  if (end !== markup.length || open.length !== 1) throw new Error(`No markup: ${markup.slice(end, end + 80)}`);
  return root;
}

/** Every element under another, in the order of the document. */
export function elementsIn(element: Element): Element[] {
  return element.children.flatMap((child) => (typeof child === "string" ? [] : [child, ...elementsIn(child)]));
}

export function classesOf({ attributes }: Element): string[] {
  return (attributes.get("class") ?? "").split(" ").filter(Boolean);
}

/** What stands in an element as text, without the elements that are left out. */
export function textOf(element: Element, leftOut: (element: Element) => boolean = () => false): string {
  return element.children
    .map((child) => (typeof child === "string" ? plain(child) : leftOut(child) ? "" : textOf(child, leftOut)))
    .join("");
}

function plain(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&");
}

/** Elements that stand on lines of their own: white space around them is not seen. */
const ON_ITS_OWN =
  /^(svg|g|defs|pattern|rect|line|path|circle|polyline|text|title|desc|div|p|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tr|th|td|section|details|summary|template)$/;

/** The lines of an element, indented; text and what stands in it is not broken, beside a drawing everything is. */
export function linesOf(element: Element, depth: number): string[] {
  const indent = "  ".repeat(depth);
  const opening = `${element.name}${[...element.attributes].map(([name, value]) => ` ${name}="${shortened(value)}"`).join("")}`;
  if (element.children.length === 0) return [`${indent}<${opening}/>`];
  const named = element.children.map((child) => (typeof child === "string" ? "" : child.name));
  const breaks = !named.includes("") && (named.includes("svg") || named.every((name) => ON_ITS_OWN.test(name)));
  if (!breaks) return [`${indent}${inline(element)}`];
  return [
    `${indent}<${opening}>`,
    ...element.children.flatMap((child) => linesOf(child as Element, depth + 1)),
    `${indent}</${element.name}>`,
  ];
}

function inline(element: Element): string {
  const [only = ""] = linesOf({ ...element, children: [] }, 0);
  if (element.children.length === 0) return only;
  const inner = element.children.map((child) => (typeof child === "string" ? child : inline(child))).join("");
  return `${only.slice(0, -2)}>${inner}</${element.name}>`;
}

/** Places to a thousandth: what is beyond cannot be seen, and would differ for nothing. */
function shortened(value: string): string {
  return value.replace(/-?\d+\.\d{4,}/g, (number) => String(Number(Number(number).toFixed(3))));
}
