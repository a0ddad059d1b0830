import { readFileSync } from "node:fs";
import { compile } from "tailwindcss";
import { classesOf, type Element, elementsIn } from "./markup.ts";

const STYLES = new URL("../../../app/styles/", import.meta.url);
const TAILWIND = new URL("../../../node_modules/tailwindcss/", import.meta.url);

/** The pages' whole stylesheet, as the build makes it. */
export async function pageStyles(): Promise<Rule[]> {
  const compiler = await compile(readFileSync(new URL("globals.css", STYLES), "utf8"), {
    loadStylesheet: async (id) => {
      const file = id === "tailwindcss" ? new URL("index.css", TAILWIND) : new URL(id, STYLES);
      return { path: file.pathname, base: "", content: readFileSync(file, "utf8") };
    },
  });
  return rulesOf(
    compiler.build(["sr-only", "overflow-visible", "whitespace-nowrap"]).replaceAll(/\/\*[\s\S]*?\*\//g, ""),
  );
}

/** A rule with its declarations, or a group of rules (`@layer`, `@media`, `@container`). */
type Rule = { head: string; declarations: string[]; rules: Rule[] };

function rulesOf(css: string): Rule[] {
  const rules: Rule[] = [];
  for (const part of partsOf(css)) {
    const brace = part.indexOf("{");
    const head = part
      .slice(0, brace < 0 ? undefined : brace)
      .trim()
      .replaceAll(/\s+/g, " ");
    const body = brace < 0 ? "" : part.slice(brace + 1, part.lastIndexOf("}"));
    const isGroup = /^@(layer|media|supports|container)/.test(head);
    rules.push({ head, rules: isGroup ? rulesOf(body) : [], declarations: isGroup ? [] : declarationsOf(body) });
  }
  return rules;
}

/** The statements of a stylesheet: what ends at a semicolon, or at the brace that closes it. */
function partsOf(css: string): string[] {
  const parts: string[] = [];
  let [depth, start, quote] = [0, 0, ""];
  for (let place = 0; place < css.length; place += 1) {
    const sign = css[place] as string;
    if (quote) quote = sign === quote ? "" : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === "{") depth += 1;
    else if (sign === "}") depth -= 1;
    if (!quote && depth === 0 && (sign === "}" || sign === ";")) {
      parts.push(css.slice(start, sign === ";" ? place : place + 1).trim());
      start = place + 1;
    }
  }
  return parts.filter(Boolean);
}

function declarationsOf(body: string): string[] {
  return partsOf(`${body};`).map((line) => line.replaceAll(/\s+/g, " "));
}

/** What of the stylesheet a drawing of this width needs, a rule a line: no medium, no state of a hand, no font file. */
export function stylesFor(drawing: Element, styles: readonly Rule[], width: number): string[] {
  const kept = keptRules(styles, signsOf(drawing), width);
  const used = variablesOf(kept);
  const written = (rules: readonly Rule[], indent: string): string[] =>
    rules.flatMap(({ head, declarations, rules: inner }) => {
      const own = declarations
        .filter((line) => !line.startsWith("--") || used.has(line.slice(0, line.indexOf(":"))))
        .map((line) => (line.startsWith("--font-sans:") ? FONT : line));
      if (inner.length > 0) return [`${indent}${head} {`, ...written(inner, `${indent}  `), `${indent}}`];
      return own.length > 0 ? [`${indent}${head} { ${own.join("; ")} }`] : [];
    });
  return ["@layer theme, base, components, utilities;", ...written(kept, "")];
}

/** A golden carries no font: it is set in the pages' own where a reader has it, else in what stands in for it. */
const FONT = '--font-sans: "Source Sans 3", Arial, sans-serif';

type Signs = { names: Set<string>; classes: Set<string>; attributes: Set<string> };

function signsOf(drawing: Element): Signs {
  const all = elementsIn(drawing);
  return {
    names: new Set(["html", "body", ...all.map(({ name }) => name)]),
    classes: new Set(all.flatMap(classesOf)),
    attributes: new Set(all.flatMap(({ attributes }) => [...attributes.keys()])),
  };
}

function keptRules(rules: readonly Rule[], signs: Signs, width: number): Rule[] {
  return rules.flatMap((rule): Rule[] => {
    if (rule.head.startsWith("@media")) return holds(rule.head, width) ? keptRules(rule.rules, signs, width) : [];
    if (/^@(layer|container)/.test(rule.head)) {
      const inner = keptRules(rule.rules, signs, width);
      return inner.length > 0 ? [{ ...rule, rules: inner }] : [];
    }
    if (rule.head.startsWith("@")) return [];
    const heads = selectorsIn(rule.head).filter((selector) => matches(selector, signs));
    // The root of a drawing is its svg, and its page is the frame that it stands in.
    const head = heads.map((one) => one.replace(/^(html|:host)\b/, ":root").replace(/^body\b/, ".golden")).join(", ");
    return heads.length > 0 ? [{ ...rule, head }] : [];
  });
}

/** Whether a screen of this width, whose reader has asked for nothing, meets the condition. */
function holds(condition: string, width: number): boolean {
  if (/print|prefers-|forced-colors|hover|pointer|min-height/.test(condition)) return false;
  const least = /min-width: (\d+)px/.exec(condition)?.[1];
  const most = /max-width: (\d+)px/.exec(condition)?.[1];
  return width >= Number(least ?? 0) && width <= Number(most ?? Number.POSITIVE_INFINITY);
}

function selectorsIn(head: string): string[] {
  return head.split(/,(?![^(]*\))/).map((one) => one.trim());
}

function matches(selector: string, signs: Signs): boolean {
  if (/:hover|:focus|:target|:checked|:host|::(?!before|after|first-letter)|:-/.test(selector)) return false;
  const bare = selector.replaceAll(/:not\([^)]*\)/g, "");
  const either = [...bare.matchAll(/:(?:is|where)\(([^)]*)\)/g)].every(([, inner = ""]) =>
    inner.split(",").some((one) => has(one, signs)),
  );
  return either && has(bare.replaceAll(/:(?:is|where)\([^)]*\)/g, ""), signs);
}

function has(simple: string, { names, classes, attributes }: Signs): boolean {
  const inClass = [...simple.matchAll(/\[class[*^]="([^"]*)"\]/g)].map(([, part = ""]) => part);
  const asked = [...simple.matchAll(/\[([\w-]+)/g)].map(([, name = ""]) => name);
  const plain = simple.replaceAll(/\[[^\]]*\]/g, "");
  const named = [...plain.matchAll(/(?:^|[\s>+~])([a-z][\w-]*)/g)].map(([, name = ""]) => name);
  return (
    [...plain.matchAll(/\.([\w-]+)/g)].every(([, one = ""]) => classes.has(one)) &&
    named.every((name) => names.has(name)) &&
    asked.every((name) => attributes.has(name)) &&
    inClass.every((part) => [...classes].some((one) => one.includes(part)))
  );
}

/** The variables that the declarations use, and those that these are made of. */
function variablesOf(rules: readonly Rule[]): Set<string> {
  const flat = (some: readonly Rule[]): string[] =>
    some.flatMap(({ declarations, rules: inner }) => [...declarations, ...flat(inner)]);
  const all = flat(rules);
  const usedIn = (text: string) => [...text.matchAll(/var\((--[\w-]+)/g)].map(([, name = ""]) => name);
  const used = new Set(all.filter((line) => !line.startsWith("--")).flatMap(usedIn));
  for (let size = -1; size !== used.size; ) {
    size = used.size;
    for (const line of all)
      if (used.has(line.slice(0, line.indexOf(":")))) for (const name of usedIn(line)) used.add(name);
  }
  return used;
}
