/** The parts of suomifi-design-tokens that the theme takes. */
export type Tokens = {
  colors: Record<string, string>;
  spacing: Record<string, string>;
  breakpoints: Record<string, string>;
  radiuses: Record<string, string>;
};

/** The Tailwind theme as CSS, made of the Suomi.fi design tokens; `theme.css` holds exactly this text. */
export function themeFromTokens(tokens: Tokens): string {
  const lines = [
    "--color-*: initial;",
    ...Object.entries(tokens.colors).map(([name, value]) => `--color-${kebab(name)}: ${value};`),
    ...Object.entries(tokens.spacing).map(([name, value]) => `--spacing-${kebab(name)}: ${value};`),
    "--breakpoint-*: initial;",
    ...Object.entries(tokens.breakpoints)
      .sort(([, left], [, right]) => Number.parseInt(left, 10) - Number.parseInt(right, 10))
      .map(([name, value]) => `--breakpoint-${kebab(name)}: ${value};`),
    ...Object.entries(tokens.radiuses).map(([name, value]) => `--radius-${kebab(name)}: ${value};`),
    '--font-sans: "Source Sans extended", var(--font-source-sans), "Source Sans stand-in", Arial, sans-serif;',
  ];
  return `/* Made of suomifi-design-tokens by theme-from-tokens.ts; tests/charts/theme.test.ts compares. */\n@theme static {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
}

function kebab(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase();
}
