import type { Statistic } from "../../data/contracts/cell.ts";
import type { Language } from "../../data/contracts/names.ts";

/**
 * Numbers as they are printed. Cells are already rounded (INTERFACES §5); this writes them for a language:
 * decimal comma in Finnish and Swedish, no-break space between thousands, a true minus sign.
 */
const NBSP = "\u00a0";
export const MINUS = "\u2212";

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

export function decimalNumber(value: number, decimals: number, language: Language): string {
  const [whole = "", fraction] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, language === "en" ? "," : NBSP);
  const digits = fraction === undefined ? grouped : `${grouped}${language === "en" ? "." : ","}${fraction}`;
  return value < 0 && /[1-9]/.test(digits) ? `${MINUS}${digits}` : digits;
}

export function wholeNumber(value: number, language: Language): string {
  return decimalNumber(value, 0, language);
}

/** A number of a cell with its unit: "16 %", "58,4". */
export function statisticNumber(value: number, statistic: Statistic, language: Language): string {
  return `${decimalNumber(value, DECIMALS[statistic], language)}${unit(statistic, language)}`;
}

/** A difference with its sign, without unit: percentage points and score points are said in words. */
export function signedNumber(value: number, statistic: Statistic, language: Language): string {
  const text = decimalNumber(value, DECIMALS[statistic], language);
  if (text.startsWith(MINUS)) return text;
  return /[1-9]/.test(text) ? `+${text}` : `±${text}`;
}

/** Limits: "13–19 %"; with a minus or a sign, "−3,1 … 2,4". */
export function intervalNumbers(low: number, high: number, statistic: Statistic, language: Language): string {
  const write = (value: number) => decimalNumber(value, DECIMALS[statistic], language);
  const dash = low < 0 || high < 0 ? `${NBSP}…${NBSP}` : "–";
  return `${write(low)}${dash}${write(high)}${unit(statistic, language)}`;
}

export function signedInterval(low: number, high: number, statistic: Statistic, language: Language): string {
  return `${signedNumber(low, statistic, language)}${NBSP}…${NBSP}${signedNumber(high, statistic, language)}`;
}

function unit(statistic: Statistic, language: Language): string {
  switch (statistic) {
    case "percent":
    case "importance":
      return language === "en" ? "%" : `${NBSP}%`;
    case "median":
      return `${NBSP}€`;
    case "mean":
    case "count":
    case "people":
    case "slope":
    case "correlation":
      return "";
  }
}

/** A day as people write it, in Finland's time: "12.11.2025", "12 November 2025". */
export function day(instant: string, language: Language): string {
  const locale = { fi: "fi-FI", sv: "sv-FI", en: "en-GB" }[language];
  const style: Intl.DateTimeFormatOptions =
    language === "en"
      ? { day: "numeric", month: "long", year: "numeric" }
      : { day: "numeric", month: "numeric", year: "numeric" };
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: "Europe/Helsinki" }).format(new Date(instant));
}
