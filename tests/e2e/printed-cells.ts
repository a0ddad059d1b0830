import type { Page } from "@playwright/test";
import type { Cell, Statistic } from "../../data/contracts/cell.ts";
import type { Language } from "../../data/contracts/names.ts";
import { MESSAGES } from "../../data/words/messages.ts";
import { unfoldAll } from "./published.ts";

/** A figure as a page prints it: the key of its cell, which part of the cell, and the text. */
export type Printed = { key: string; part: string; against: string | null; text: string };

export async function printedCells(page: Page): Promise<Printed[]> {
  await unfoldAll(page);
  return page.locator("[data-cell]").evaluateAll((elements) =>
    elements.map((element) => ({
      key: element.getAttribute("data-cell") ?? "",
      part: element.getAttribute("data-part") ?? "value",
      against: element.getAttribute("data-against"),
      text: (element.textContent ?? "").trim(),
    })),
  );
}

/** A number of the release that is no cell, as a page prints it: its path in the document, and the text. */
export async function printedNumbers(page: Page): Promise<{ path: string; text: string }[]> {
  await unfoldAll(page);
  return page.locator("[data-certificate]").evaluateAll((elements) =>
    elements.map((element) => ({
      path: element.getAttribute("data-certificate") ?? "",
      text: (element.textContent ?? "").trim(),
    })),
  );
}

/** The number at a path of the document; undefined where there is none. */
export function numberIn(document: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((found, step) => (found as Record<string, unknown> | undefined)?.[step], document);
}

/** What a number of the release must read, by the last names of its path and by Intl. */
export function expectedNumber(path: string, value: number, language: Language): string {
  const inWords = path.replaceAll(/\.\d+/g, "");
  const percent = /\.(levelShare|percent|independent|figure\.value)$/.test(inWords);
  const ofRatio = /(pileUp|background)\.(ratio|low|high)$/.test(inWords);
  const whole = /(^|\.)(k|references|resamples|starts|n|calinskiHarabasz|figure\.(low|high)|ranks\.(best|worst))$/.test(
    inWords,
  );
  const ofDriver = /^drivers\.drivers\.(low|high)\.(value|low|high)$/.test(inWords);
  const signed = ofDriver || /\.(z|d|shift)$/.test(inWords);
  const decimals = percent || whole ? 0 : ofRatio || ofDriver || /\.(z|d)$/.test(inWords) ? 1 : 2;
  const text = written(language, inWords.endsWith(".levelShare") ? value * 100 : value, decimals);
  const sign = signed && !text.startsWith("\u2212") ? (/[1-9]/.test(text) ? "+" : "±") : "";
  return `${sign}${text}${percent ? (language === "en" ? "%" : "\u00a0%") : ""}`;
}

/** What a part of a cell must read, written by Intl and not by the pages' own formatter. */
export function expectedText(cell: Cell, { part, against }: Printed, language: Language): string {
  const { figure, statistic } = cell;
  if (figure.kind !== "value") return MESSAGES[language].figures.kinds[figure.kind];
  const versus = figure.versus.find((one) => one.against === against);
  const write = (number: number) => written(language, number, DECIMALS[statistic]);
  const unit =
    statistic === "percent" || statistic === "importance"
      ? language === "en"
        ? "%"
        : "\u00a0%"
      : statistic === "median"
        ? "\u00a0€"
        : "";
  const signed = (number: number) =>
    number > 0 ? `+${write(number)}` : Object.is(number, 0) || number === 0 ? `±${write(0)}` : write(number);
  switch (part) {
    case "value":
      return `${write(figure.value)}${unit}`;
    case "interval":
      return `${write(figure.low as number)}${(figure.low as number) < 0 || (figure.high as number) < 0 ? "\u00a0…\u00a0" : "–"}${write(figure.high as number)}${unit}`;
    case "n":
      return written(language, figure.n as number, 0);
    case "difference":
      return signed(versus?.difference as number);
    case "difference-interval":
      return `${signed(versus?.low as number)}\u00a0…\u00a0${signed(versus?.high as number)}`;
    default:
      return `a part that nobody knows: ${part}`;
  }
}

const DECIMALS: Record<Statistic, number> = {
  mean: 1,
  percent: 0,
  count: 0,
  people: 0,
  median: 0,
  slope: 1,
  importance: 0,
  correlation: 2,
};
const LOCALES = { fi: "fi-FI", sv: "sv-FI", en: "en-GB" };

function written(language: Language, number: number, decimals: number): string {
  const style = { minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: "always" as const };
  return new Intl.NumberFormat(LOCALES[language], style)
    .format(number)
    .replace("-", "\u2212")
    .replaceAll("\u202f", "\u00a0");
}
