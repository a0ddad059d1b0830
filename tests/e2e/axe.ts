import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { SPOKEN } from "./published.ts";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * What axe finds on a page as it stands, in a line each. Colours are the same in every language, and measuring their contrast is four
 * fifths of the work: it is measured in the first language.
 */
export async function axeFinds(page: Page, language: (typeof SPOKEN)[number] = SPOKEN[0]): Promise<string[]> {
  const builder = new AxeBuilder({ page }).withTags(STANDARDS).options({ resultTypes: ["violations"] });
  if (language !== SPOKEN[0]) builder.disableRules("color-contrast");
  const { violations } = await builder.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)} (${nodes.length})`);
}
