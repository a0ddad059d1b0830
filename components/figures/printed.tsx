import type { Figure, FigureKind, Versus } from "../../data/contracts/cell.ts";
import type { Language } from "../../data/contracts/names.ts";
import type { Part } from "../../server/findings/finding.ts";
import type { KeyedCell } from "../../server/findings/view.ts";
import { intervalNumbers, signedInterval, signedNumber, statisticNumber, wholeNumber } from "./format.ts";

/** The words for a figure that is no number, and for a cell that a release does not hold. */
export type KindWords = Record<Exclude<FigureKind, "value">, string> & { absent: string };

export type PrintedProps = {
  cell: KeyedCell | null;
  language: Language;
  words: KindWords;
  part?: Part;
  against?: Versus["against"];
  className?: string;
};

/**
 * A figure as it stands on the page, carrying the key of its cell. Kinds that are no number print their words and
 * never look alike; only the first part of a cell says them, so that they are not said twice.
 */
export function Printed({ cell, language, words, part = "value", against, className }: PrintedProps) {
  if (!cell) return part === "value" ? <span className="kind kind-absent">{words.absent}</span> : null;
  const written = writtenPart(cell, part, language, against);
  if (written) {
    return (
      <data className={className} data-cell={cell.key} data-part={part} data-against={against} value={written.raw}>
        {written.text}
      </data>
    );
  }
  if (cell.figure.kind === "value" || part !== "value") return null;
  return (
    <span className={`kind kind-${cell.figure.kind}`} data-cell={cell.key} data-part="kind">
      {kindWord(cell.figure, words)}
    </span>
  );
}

/** The text and the raw number of a part of a cell; null when the cell has none. */
export function writtenPart(
  cell: KeyedCell,
  part: Part,
  language: Language,
  against?: Versus["against"],
): { text: string; raw: string } | null {
  const { figure, statistic } = cell;
  if (figure.kind !== "value") return null;
  const compared = figure.versus.find((one) => one.against === against);
  switch (part) {
    case "value":
      return { text: statisticNumber(figure.value, statistic, language), raw: String(figure.value) };
    case "interval":
      if (figure.low === null || figure.high === null) return null;
      return {
        text: intervalNumbers(figure.low, figure.high, statistic, language),
        raw: `${figure.low} ${figure.high}`,
      };
    case "n":
      return figure.n === null ? null : { text: wholeNumber(figure.n, language), raw: String(figure.n) };
    case "difference":
      return compared
        ? { text: signedNumber(compared.difference, statistic, language), raw: String(compared.difference) }
        : null;
    case "difference-interval":
      if (!compared) return null;
      return {
        text: signedInterval(compared.low, compared.high, statistic, language),
        raw: `${compared.low} ${compared.high}`,
      };
  }
}

/** The words of a figure that is no number. Every kind has its own; a new kind does not compile without one. */
export function kindWord(figure: Exclude<Figure, { kind: "value" }>, words: KindWords): string {
  switch (figure.kind) {
    case "few":
      return words.few;
    case "most":
      return words.most;
    case "uncertain":
      return words.uncertain;
    case "not-asked":
      return words["not-asked"];
    case "not-yet":
      return words["not-yet"];
    case "protected":
      return words.protected;
  }
}
