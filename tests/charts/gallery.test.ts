import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { MESSAGES } from "../../data/words/messages.ts";
import pagesOf from "../../next.config.js";
import { expectedText } from "../e2e/printed-cells.ts";
import { CHARTS, NO_CHARTS, SCENES } from "./gallery/charts.ts";
import { drawn, goldenOf } from "./gallery/golden.ts";
import { classesOf, type Element, elementsIn, textOf } from "./gallery/markup.ts";
import { KINDS, type Scene, STATES } from "./gallery/scene.ts";

/**
 * The golden gallery: every chart in every state as an SVG that people open. In development /gallery shows them all.
 * A golden that differs is a chart that looks different: look at both files, then renew on purpose.
 */
const HOUSE = fileURLToPath(new URL("../..", import.meta.url));
const GOLDENS = join(HOUSE, "tests/charts/goldens");
const DRAWN = join(HOUSE, "build/gallery");
const RENEWS = process.env.TILANNEKUVA_GOLDENS === "renew";
const HOW = "TILANNEKUVA_GOLDENS=renew npx vitest run -c tests/vitest.config.ts tests/charts/gallery.test.ts";

const drawings = SCENES.map((one) => ({ ...one, drawing: drawn(one.scene) }));

describe("goldens", () => {
  if (RENEWS) rmSync(GOLDENS, { recursive: true, force: true });
  rmSync(DRAWN, { recursive: true, force: true });

  test.each(drawings)("$name is drawn as its golden", ({ name, scene, drawing }) => {
    const now = goldenOf(name, scene, drawing);
    if (RENEWS) write(join(GOLDENS, `${name}.svg`), now);
    const problem = differenceFrom(name, now);
    if (problem) write(join(DRAWN, `${name}.svg`), now);
    expect(problem, problem ?? "").toBeNull();
  });

  test("no golden is left of a scene that is no more, and all of them together are small", () => {
    const files = readdirSync(GOLDENS, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".svg"));
    expect(files.map((file) => file.slice(0, -4)).sort()).toEqual(SCENES.map(({ name }) => name).sort());
    const bytes = files.reduce((sum, file) => sum + readFileSync(join(GOLDENS, file)).length, 0);
    expect(bytes).toBeLessThan(1_500_000);
  });

  test("planted: a number that is another, a mark that is gone, a style that changed each differ from the golden", () => {
    const { name, scene, drawing } = named("dot-rows/ordinary");
    const golden = goldenOf(name, scene, drawing);
    expect(differenceFrom(name, golden)).toBeNull();
    for (const wrong of [
      golden.replace("64,0", "64,1"),
      golden.replace(/ *<circle[^>]*\/>\n/, ""),
      golden.replace("stroke-width: 3px", "stroke-width: 4px"),
    ])
      expect(differenceFrom(name, wrong) ?? "", wrong.length.toString()).toContain("renew the goldens on purpose");
  });
});

describe("the list of scenes", () => {
  test("every chart in components/charts is in the gallery, or is said to be none", () => {
    const rooms = readdirSync(join(HOUSE, "components/charts"), { withFileTypes: true })
      .filter((entry) => entry.isFile() || readdirSync(join(HOUSE, "components/charts", entry.name)).length > 0)
      .map((entry) => entry.name.replace(/\.tsx$/, ""));
    expect(rooms.sort()).toEqual([...Object.keys(CHARTS), ...NO_CHARTS].sort());
  });

  test("every chart is drawn in every state, or says in a sentence why it cannot be in it", () => {
    for (const chart of Object.values(CHARTS).flat())
      for (const state of STATES) {
        const scene = chart.scenes[state];
        if (typeof scene === "string") expect(scene, `${chart.name}: ${state}`).toMatch(/^[A-Z].{20,}\.$/);
      }
  });
});

describe("the page of the gallery", () => {
  test("is a page in development, and none in a build", () => {
    const page = "page.dev.tsx";
    expect(existsSync(join(HOUSE, "app/[locale]/gallery", page))).toBe(true);
    const isPage = (phase: string) => pagesOf(phase).pageExtensions?.some((extension) => page === `page.${extension}`);
    expect(isPage("phase-development-server")).toBe(true);
    expect(isPage("phase-production-build")).toBe(false);
    expect(isPage("phase-production-server")).toBe(false);
  });
});

describe("what every scene must show", () => {
  test.each(drawings)("$name has its marks, and every number has its cell", ({ chart, scene, drawing }) => {
    const elements = elementsIn(drawing);
    const marks = elements.filter((one) => classesOf(one).some((name) => chart.marks.includes(name)));
    expect(marks).toHaveLength(scene.marks);
    expect(problemsWith(scene, drawing)).toEqual([]);
    // Nothing is blank: marks, or words that say why there are none.
    expect(textOf(drawing).trim()).not.toBe("");
    if (scene.marks === 0) expect(elements.some(saysWhy), "a sentence or a word").toBe(true);
  });

  test("planted: a number without its cell, a cell that is another, a mark that names none are each seen", () => {
    const { scene, drawing } = named("dot-rows/ordinary");
    const data = () => elementsIn(planted).find(({ name }) => name === "data") as Element;
    let planted = structuredClone(drawing);
    data().attributes.delete("data-cell");
    expect(problemsWith(scene, planted)).toEqual(["no cell says 64", "no cell says 0"]);
    planted = structuredClone(drawing);
    data().children = ["65,0"];
    expect(problemsWith(scene, planted)).toHaveLength(1);
    planted = structuredClone(drawing);
    data().attributes.set("data-cell", "dimension.nothing/mean?wave=2025");
    expect(problemsWith(scene, planted)).toHaveLength(1);
  });

  test("how sure a number is, is drawn with every mark of it", () => {
    const drawnBy: Record<string, string> = { mark: "limits", band: "band-whisker", "share-line": "share-limits" };
    for (const { name, drawing } of drawings.filter(({ chart }) => chart.marks.some((mark) => mark in drawnBy)))
      for (const one of elementsIn(drawing)) {
        const limits = classesOf(one).flatMap((found) => drawnBy[found] ?? []);
        for (const wanted of limits)
          expect(elementsIn(one).flatMap(classesOf), `${name}: ${textOf(one)}`).toContain(wanted);
      }
  });

  test("every kind of no number has its own word and its own look, in every chart that is drawn with it", () => {
    for (const chart of Object.values(CHARTS).flat()) {
      const seen = KINDS.flatMap((kind) => {
        const scene = chart.scenes[kind];
        if (typeof scene === "string") return [];
        const found = elementsIn(drawn(scene)).filter((one) => classesOf(one).includes("kind"));
        expect(found.length, `${chart.name}: ${kind}`).toBeGreaterThan(0);
        for (const one of found) {
          expect(classesOf(one), chart.name).toContain(`kind-${kind}`);
          expect(textOf(one)).toBe(MESSAGES.fi.figures.kinds[kind]);
        }
        return [kind];
      });
      expect(new Set(seen.map((kind) => MESSAGES.fi.figures.kinds[kind])).size).toBe(seen.length);
    }
  });

  test("no two kinds look alike: each has a rule of its own in the pages' styles, and no two the same", () => {
    const css = readFileSync(join(HOUSE, "app/styles/marks.css"), "utf8");
    const looks = KINDS.map((kind) => new RegExp(`\\.kind-${kind} \\{([^}]*)\\}`).exec(css)?.[1]?.trim());
    expect(looks.every(Boolean)).toBe(true);
    expect(new Set(looks).size).toBe(KINDS.length);
  });

  test("reservations of a number are said in words beside it", () => {
    for (const { name, scene, drawing } of drawings.filter((one) => one.name.endsWith("/flagged"))) {
      const flags = scene.story.cells.release.cells.flatMap(({ figure }) =>
        figure.kind === "value" ? figure.flags : [],
      );
      for (const flag of new Set(flags)) expect(textOf(drawing), name).toContain(MESSAGES.fi.figures.flags[flag]);
    }
  });

  test("a settled difference and an unsettled one never look alike", () => {
    const settled = (name: string) =>
      elementsIn(named(name).drawing).flatMap((one) =>
        classesOf(one).filter((found) => /^(mark-)?(un)?settled$|^(up|down)-\d$/.test(found)),
      );
    for (const chart of ["dot-rows", "fingerprint"]) {
      const [clear, unclear] = [settled(`${chart}/settled`), settled(`${chart}/unsettled`)];
      expect(clear.length).toBeGreaterThan(0);
      expect(clear.filter((one) => unclear.includes(one))).toEqual([]);
    }
  });
});

/** What is wrong with a drawing's numbers: digits without a cell, cells that the release has not, other numbers. */
function problemsWith({ story, language = "fi" }: Scene, drawing: Element): string[] {
  const wrong = elementsIn(drawing).flatMap((one): string[] => {
    const key = one.attributes.get("data-cell") ?? one.attributes.get("data-mark");
    if (key === undefined) return [];
    const cell = story.cells.get(key.replaceAll("&amp;", "&"));
    if (!cell) return [`no cell ${key}`];
    if (!one.attributes.has("data-cell")) return [];
    const [part, against] = [one.attributes.get("data-part") ?? "value", one.attributes.get("data-against") ?? null];
    const [is, mustBe] = [textOf(one), expectedText(cell, { key, part, against, text: "" }, language)];
    return is === mustBe ? [] : [`${is} is not ${mustBe}`];
  });
  // "95 %" is how sure every interval is, not a number of the release.
  const strays = textOf(drawing, isKnown).replaceAll(/95.%/gu, "").match(/\d+/g) ?? [];
  return [...wrong, ...strays.map((digits) => `no cell says ${digits}`)];
}

/** Where digits may stand: with their cell, on an axis, as the code of a group, as the name of a month. */
function isKnown(one: Element): boolean {
  return (
    one.attributes.has("data-cell") ||
    one.name === "title" ||
    one.name === "desc" ||
    classesOf(one).some((name) => ["axis", "series-tick", "letter", "band-word", "not-drawn"].includes(name))
  );
}

function saysWhy(one: Element): boolean {
  return classesOf(one).some((name) => name === "kind" || name === "empty-face");
}

function named(name: string) {
  const found = drawings.find((one) => one.name === name);
  if (!found) throw new Error(`There is no scene ${name}.`);
  return found;
}

/** What a reader of a failed test must know; null where a drawing is its golden. */
function differenceFrom(name: string, now: string): string | null {
  const file = join(GOLDENS, `${name}.svg`);
  const golden = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (golden === now) return null;
  const [before, after] = [golden.split("\n"), now.split("\n")];
  const line = after.findIndex((text, place) => text !== before[place]);
  return [
    golden ? `${name} looks different from its golden, first on line ${line + 1}:` : `${name} has no golden.`,
    `  golden  ${before[line]?.trim() ?? ""}`,
    `  now     ${after[line]?.trim() ?? ""}`,
    `Open tests/charts/goldens/${name}.svg and build/gallery/${name}.svg in a browser.`,
    `If the new one is what is meant, renew the goldens on purpose: ${HOW}`,
  ].join("\n");
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
