import type { Language } from "../../data/contracts/names.ts";
import { decimalNumber, signedNumber, statisticNumber, wholeNumber } from "./format.ts";

/**
 * Numbers of a release that are no cells, as they are printed: which number it is, its path in the document says.
 * They are rounded to two decimals in the release; this writes them for a language, some with one. A path of no known kind is a fault.
 */
export function releaseNumber(path: string, value: number, language: Language): string {
  const writer = WRITERS.find(([pattern]) => pattern.test(path))?.[1];
  if (!writer) throw new Error(`No way is known to write the number at ${path}.`);
  return writer(value, language);
}

type Writer = (value: number, language: Language) => string;

const whole: Writer = (value, language) => wholeNumber(value, language);
const percent: Writer = (value, language) => statisticNumber(value, "percent", language);
const twoDecimals: Writer = (value, language) => decimalNumber(value, 2, language);
const oneDecimal: Writer = (value, language) => decimalNumber(toOneDecimal(value), 1, language);
const signedOneDecimal: Writer = (value, language) => signedNumber(toOneDecimal(value), "mean", language);

/** Halves away from zero after adding 1e-9, as the figures of cells (INTERFACES §5). */
function toOneDecimal(value: number): number {
  return (Math.sign(value) * Math.round(Math.abs(value) * 10 + 1e-9)) / 10;
}

const WRITERS: [RegExp, Writer][] = [
  [/\.(overlap|flows)\.\d+\.figure\.value$/, percent],
  [/\.(overlap|flows)\.\d+\.figure\.(low|high)$/, whole],
  [/^drivers\.\d+\.drivers\.\d+\.(low|high)\.(value|low|high)$/, signedOneDecimal],
  [/^drivers\.\d+\.drivers\.\d+\.ranks\.(best|worst)$/, whole],
  [/\.(percent|independent)$/, percent],
  [/\.levelShare$/, (share, language) => percent(share * 100, language)],
  [/(^|\.)(k|references|resamples|starts|n|calinskiHarabasz)$/, whole],
  [/^segmentation\.(pileUp\.\d+|.*\.background\.\d+)\.(ratio|low|high)$/, oneDecimal],
  [/\.(z|d)$/, signedOneDecimal],
  [/\.shift$/, (value, language) => signedNumber(value, "correlation", language)],
  [/\.stability(\.\d+)?$/, twoDecimals],
  [/\.(silhouette|agreement|pValue|statistic)$/, twoDecimals],
  [/^reliability\.\d+\.(alpha|low|high|standardised|omega|spearmanBrown)$/, twoDecimals],
  [/^reliability\.\d+\.items\.\d+\.(alphaWithout|itemRest)$/, twoDecimals],
];
