import { readFileSync } from "node:fs";
import { suomifiDesignTokens } from "suomifi-design-tokens";
import { expect, test } from "vitest";
import { themeFromTokens } from "../../app/styles/theme-from-tokens.ts";

test("the theme is the Suomi.fi design tokens, to the letter", () => {
  const written = readFileSync(new URL("../../app/styles/theme.css", import.meta.url), "utf8");
  expect(written).toBe(themeFromTokens(suomifiDesignTokens as unknown as Parameters<typeof themeFromTokens>[0]));
});

test("every colour that text is printed in has a contrast of 4.5 on white", () => {
  for (const name of [
    "blackBase",
    "brandBase",
    "depthDark1",
    "highlightBase",
    "highlightDark1",
    "alertBase",
  ] as const) {
    expect(contrastOnWhite(suomifiDesignTokens.colors[name]), name).toBeGreaterThanOrEqual(4.5);
  }
});

test("the pages' own styles colour text with text-safe tokens alone", () => {
  const safe = [
    "black-base",
    "white-base",
    "brand-base",
    "depth-dark1",
    "highlight-base",
    "highlight-dark1",
    "alert-base",
  ];
  for (const file of ["marks.css", "groupings.css", "page.css", "surroundings.css"]) {
    const css = readFileSync(new URL(`../../app/styles/${file}`, import.meta.url), "utf8");
    const used = [...css.matchAll(/(?:^|[\s;{])color:\s*var\(--color-([a-z0-9-]+)\)/g)].map(([, name]) => name);
    expect(
      used.filter((name) => name === undefined || !safe.includes(name)),
      file,
    ).toEqual([]);
  }
});

test("on every step of the ordered ramp its text has a contrast of 4.5, and the ramp only darkens", () => {
  const css = readFileSync(new URL("../../app/styles/groupings.css", import.meta.url), "utf8");
  const steps = [...css.matchAll(/\.group-step-(\d) \{\s*--group: (hsl\([^)]*\));\s*(--on-group)?/g)];
  expect(steps.map(([, step]) => step)).toEqual(["0", "1", "2", "3", "4"]);
  const black = luminance(suomifiDesignTokens.colors.blackBase);
  const shades = steps.map(([, , shade = "", dark]) => ({ shade: luminance(shade), text: dark ? black : 1 }));
  for (const [place, { shade, text }] of shades.entries()) {
    const [light, dark] = [Math.max(shade, text), Math.min(shade, text)];
    expect((light + 0.05) / (dark + 0.05), `step ${place}`).toBeGreaterThanOrEqual(4.5);
    if (place > 0) expect(shade).toBeLessThan(shades[place - 1]?.shade ?? 0);
  }
});

/** WCAG 2 contrast of an hsl() colour on white. */
function contrastOnWhite(hsl: string): number {
  return 1.05 / (luminance(hsl) + 0.05);
}

/** WCAG 2 relative luminance of an hsl() colour. */
function luminance(hsl: string): number {
  const [hue = 0, saturation = 0, lightness = 0] = (hsl.match(/[\d.]+/g) ?? []).map(Number);
  const amount = (saturation / 100) * Math.min(lightness / 100, 1 - lightness / 100);
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12;
    const value = lightness / 100 - amount * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(0) + 0.7152 * channel(8) + 0.0722 * channel(4);
}
